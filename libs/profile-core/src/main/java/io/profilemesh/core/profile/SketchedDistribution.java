package io.profilemesh.core.profile;

import io.profilemesh.core.statistics.Distances;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * The distribution of a column's numbers as its quantile sketch has it, for comparing it with that
 * of another run. Shares are within the sketch's rank error.
 */
public final class SketchedDistribution {

  private static final int PREAMBLE = 5;
  private static final int FAMILY = 15;
  private static final int HEADER = 20;
  private static final int BINS = 10;

  private final double[] values;
  private final double[] upTo;
  private final double rankError;

  private SketchedDistribution(double[] values, double[] upTo, double rankError) {
    this.values = values;
    this.upTo = upTo;
    this.rankError = rankError;
  }

  /** The distribution of a sketch; empty for one of another kind or layout, or without values. */
  public static Optional<SketchedDistribution> of(Sketch sketch) {
    if (sketch.kind() != Sketch.Kind.QUANTILES || !sketch.format().equals(QuantileSketch.FORMAT)) {
      return Optional.empty();
    }
    try {
      return read(ByteBuffer.wrap(sketch.data()).order(ByteOrder.LITTLE_ENDIAN), sketch.error());
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Largest difference between a stated and the true share at 99 % confidence. */
  public double rankError() {
    return rankError;
  }

  /** Kolmogorov-Smirnov distance: the largest difference of the shares below any value, 0 to 1. */
  public double kolmogorovSmirnov(SketchedDistribution other) {
    double largest = 0;
    int i = 0;
    int j = 0;
    while (i < values.length && j < other.values.length) {
      double at = Math.min(values[i], other.values[j]);
      while (i < values.length && values[i] <= at) {
        i++;
      }
      while (j < other.values.length && other.values[j] <= at) {
        j++;
      }
      largest = Math.max(largest, Math.abs(before(i) - other.before(j)));
    }
    return largest;
  }

  /** Wasserstein distance: how far the values would have to move on average, in their unit. */
  public double wasserstein(SketchedDistribution other) {
    double[] all = new double[values.length + other.values.length];
    System.arraycopy(values, 0, all, 0, values.length);
    System.arraycopy(other.values, 0, all, values.length, other.values.length);
    Arrays.sort(all);
    double distance = 0;
    int i = 0;
    int j = 0;
    for (int k = 0; k + 1 < all.length; k++) {
      while (i < values.length && values[i] <= all[k]) {
        i++;
      }
      while (j < other.values.length && other.values[j] <= all[k]) {
        j++;
      }
      distance += Math.abs(before(i) - other.before(j)) * (all[k + 1] - all[k]);
    }
    return distance;
  }

  /** Population stability index of the other distribution over the tenths of this one. */
  public double populationStability(SketchedDistribution other) {
    double[] shares = new double[BINS];
    double[] otherShares = new double[BINS];
    double lower = 0;
    double otherLower = 0;
    for (int bin = 0; bin < BINS; bin++) {
      double edge = bin + 1 == BINS ? Double.POSITIVE_INFINITY : valueAt((bin + 1.0) / BINS);
      shares[bin] = below(edge) - lower;
      otherShares[bin] = other.below(edge) - otherLower;
      lower += shares[bin];
      otherLower += otherShares[bin];
    }
    return Distances.populationStability(shares, otherShares);
  }

  private double before(int index) {
    return index == 0 ? 0 : upTo[index - 1];
  }

  /** Share of the values at or below one. */
  private double below(double value) {
    int low = 0;
    int high = values.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (values[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return before(low);
  }

  private double valueAt(double share) {
    int at = Arrays.binarySearch(upTo, share);
    return values[Math.min(at < 0 ? -at - 1 : at, values.length - 1)];
  }

  private static Optional<SketchedDistribution> read(ByteBuffer image, double rankError) {
    boolean known = image.limit() > HEADER && image.get(0) == PREAMBLE && image.get(2) == FAMILY;
    int levels = known ? Byte.toUnsignedInt(image.get(HEADER - 2)) : 0;
    int retained = (image.limit() - HEADER - Integer.BYTES * levels) / Double.BYTES - 2;
    if (levels == 0 || retained <= 0) {
      return Optional.empty();
    }
    int[] offsets = new int[levels + 1];
    image.position(HEADER);
    for (int level = 0; level < levels; level++) {
      offsets[level] = image.getInt();
    }
    offsets[levels] = offsets[0] + retained;
    image.position(image.position() + 2 * Double.BYTES);
    Weighted[] kept = new Weighted[retained];
    int next = 0;
    for (int level = 0; level < levels; level++) {
      for (int i = offsets[level]; i < offsets[level + 1]; i++) {
        kept[next++] = new Weighted(image.getDouble(), Math.scalb(1.0, level));
      }
    }
    return next == retained ? Optional.of(of(kept, rankError)) : Optional.empty();
  }

  private static SketchedDistribution of(Weighted[] kept, double rankError) {
    Arrays.sort(kept, Comparator.comparingDouble(Weighted::value));
    double[] values = new double[kept.length];
    double[] upTo = new double[kept.length];
    double total = 0;
    for (int i = 0; i < kept.length; i++) {
      values[i] = kept[i].value();
      total += kept[i].weight();
      upTo[i] = total;
    }
    for (int i = 0; i < upTo.length; i++) {
      upTo[i] /= total;
    }
    return new SketchedDistribution(values, upTo, rankError);
  }

  /** A kept value, which stands for so many. */
  private record Weighted(double value, double weight) {}
}
