package io.profilemesh.judgement.memory;

import io.profilemesh.core.profile.Quantiles;
import java.util.Arrays;
import java.util.List;
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
  private static final int MOST_EXPONENT = 900;

  private final int exponent;

  /** Powers of two, by which nothing is rounded; 0: only the exponent can say them. */
  private final double step;

  private final double steps;
  private final long[] newer = new long[GRID];

  private KeptQuantiles(int exponent) {
    this.exponent = exponent;
    boolean ordinary = Math.abs(exponent) < MOST_EXPONENT;
    this.step = ordinary ? Math.scalb(1.0, exponent) : 0;
    this.steps = ordinary ? Math.scalb(1.0, -exponent) : 0;
  }

  /** Writes the step that suits the quantiles of a column, in any order. */
  static KeptQuantiles start(BinaryWriter out, List<ColumnPoint> points) {
    double[] spreads = new double[points.size()];
    int count = 0;
    for (ColumnPoint point : points) {
      Quantiles quantiles = point.quantiles();
      if (quantiles != null && isGrid(quantiles)) {
        spreads[count++] = spread(quantiles);
      }
    }
    Arrays.sort(spreads, 0, count);
    double usual = count == 0 ? 0 : spreads[count / 2];
    int exponent = usual > 0 ? Math.getExponent(usual / STEPS_OF_SPREAD) : 0;
    out.writeSigned(exponent);
    return new KeptQuantiles(exponent);
  }

  /** Of the step, which is a power of two. */
  int exponent() {
    return exponent;
  }

  /** Whether the step has an exponent: multiples of it are kept as they are. */
  boolean isOf(int other) {
    return exponent == other;
  }

  static KeptQuantiles resume(BinaryReader in) {
    return new KeptQuantiles(Math.toIntExact(in.readSigned()));
  }

  /** Whether quantiles can be kept by this step. */
  boolean takes(@Nullable Quantiles quantiles) {
    if (quantiles == null || !isGrid(quantiles)) {
      return false;
    }
    List<Double> values = quantiles.values();
    for (int i = 0; i < GRID; i++) {
      if (!(Math.abs(inSteps(values.get(i))) <= MOST_STEPS)) {
        return false;
      }
    }
    return true;
  }

  void write(BinaryWriter out, Quantiles quantiles) {
    List<Double> values = quantiles.values();
    for (int i = 0; i < GRID; i++) {
      long now = Math.round(inSteps(values.get(i)));
      out.writeSigned(now - newer[i]);
      newer[i] = now;
    }
    out.writeUnsigned(Math.round(quantiles.rankError() * RANK_UNITS));
  }

  Quantiles read(BinaryReader in) {
    Double[] values = new Double[GRID];
    for (int i = 0; i < GRID; i++) {
      newer[i] += in.readSigned();
      values[i] = step == 0 ? Math.scalb((double) newer[i], exponent) : newer[i] * step;
    }
    return new Quantiles(Quantiles.RANKS, List.of(values), in.readUnsigned() / RANK_UNITS);
  }

  private double inSteps(double value) {
    return steps == 0 ? Math.scalb(value, -exponent) : value * steps;
  }

  private static boolean isGrid(Quantiles quantiles) {
    return quantiles.ranks() == Quantiles.RANKS || quantiles.ranks().equals(Quantiles.RANKS);
  }

  /** Distance of the quartiles; of a column that is mostly one value, of the outermost ranks. */
  private static double spread(Quantiles quantiles) {
    List<Double> values = quantiles.values();
    double quartiles = values.get(UPPER_QUARTILE) - values.get(LOWER_QUARTILE);
    return quartiles > 0 ? quartiles : values.get(GRID - 1) - values.get(0);
  }
}
