package io.profilemesh.drift.store;

import io.profilemesh.core.profile.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of the quantiles of a column through its runs: whole multiples of one step, each run as its
 * difference from the next newer one. The step is a power of two near a 256th of the usual distance
 * of the quartiles, so a value that was rounded once stays as it is.
 */
final class KeptQuantiles {

  private static final int GRID = Quantiles.RANKS.size();
  private static final int LOWER_QUARTILE = Quantiles.RANKS.indexOf(0.25);
  private static final int UPPER_QUARTILE = Quantiles.RANKS.indexOf(0.75);
  private static final int STEPS_OF_SPREAD = 256;
  private static final double MOST_STEPS = 1L << 50;
  private static final double RANK_UNITS = 10_000;

  private final int exponent;
  private long[] newer = new long[GRID];

  private KeptQuantiles(int exponent) {
    this.exponent = exponent;
  }

  /** Writes the step that suits the quantiles of a column, in any order. */
  static KeptQuantiles start(BinaryWriter out, List<ColumnPoint> points) {
    double[] spreads =
        points.stream()
            .map(ColumnPoint::quantiles)
            .filter(Objects::nonNull)
            .filter(KeptQuantiles::isGrid)
            .mapToDouble(KeptQuantiles::spread)
            .sorted()
            .toArray();
    double usual = spreads.length == 0 ? 0 : spreads[spreads.length / 2];
    int exponent = usual > 0 ? Math.getExponent(usual / STEPS_OF_SPREAD) : 0;
    out.writeSigned(exponent);
    return new KeptQuantiles(exponent);
  }

  static KeptQuantiles resume(BinaryReader in) {
    return new KeptQuantiles(Math.toIntExact(in.readSigned()));
  }

  /** Whether quantiles can be kept by this step. */
  boolean takes(@Nullable Quantiles quantiles) {
    return quantiles != null
        && isGrid(quantiles)
        && quantiles.values().stream()
            .allMatch(value -> Math.abs(Math.scalb(value, -exponent)) <= MOST_STEPS);
  }

  void write(BinaryWriter out, Quantiles quantiles) {
    long[] steps = new long[GRID];
    for (int i = 0; i < GRID; i++) {
      steps[i] = Math.round(Math.scalb(quantiles.values().get(i), -exponent));
      out.writeSigned(steps[i] - newer[i]);
    }
    newer = steps;
    out.writeUnsigned(Math.round(quantiles.rankError() * RANK_UNITS));
  }

  Quantiles read(BinaryReader in) {
    long[] steps = new long[GRID];
    List<Double> values = new ArrayList<>(GRID);
    for (int i = 0; i < GRID; i++) {
      steps[i] = newer[i] + in.readSigned();
      values.add(Math.scalb((double) steps[i], exponent));
    }
    newer = steps;
    return new Quantiles(Quantiles.RANKS, values, in.readUnsigned() / RANK_UNITS);
  }

  private static boolean isGrid(Quantiles quantiles) {
    return quantiles.ranks().equals(Quantiles.RANKS);
  }

  /** Distance of the quartiles; of a column that is mostly one value, of the outermost ranks. */
  private static double spread(Quantiles quantiles) {
    double[] values = quantiles.values().stream().mapToDouble(Double::doubleValue).toArray();
    double quartiles = values[UPPER_QUARTILE] - values[LOWER_QUARTILE];
    return quartiles > 0 ? quartiles : Arrays.stream(values).max().orElse(0) - values[0];
  }
}
