package io.profilemesh.core.statistics;

import java.util.Arrays;

/** Statistics of sorted values, which a few odd ones cannot spoil. */
public final class OrderStatistics {

  /** Median of the absolute value of a standard normal variable, inverted. */
  private static final double MEDIAN_TO_SIGMA = 1.482602218505602;

  private static final double WIDE = 0.90;
  private static final double WIDEST = 0.95;
  private static final int FEW = 8;
  private static final double NORMAL_90 = 1.6448536269514722;
  private static final double NORMAL_95 = 1.959963984540054;

  /** So much less that no rounding makes it as much. */
  private static final double LESS = 1 - 1e-9;

  private OrderStatistics() {}

  /** The median; of an even number of values the mean of the middle two. */
  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return medianOfSorted(sorted, 0, sorted.length);
  }

  /** The median of a sorted range. */
  public static double medianOfSorted(double[] sorted, int from, int to) {
    if (from >= to) {
      throw new IllegalArgumentException("no values");
    }
    int middle = (from + to) >>> 1;
    return (to - from) % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The value at a rank between 0 and 1, by linear interpolation between order statistics. */
  public static double quantileOfSorted(double[] sorted, double rank) {
    return quantileOfSorted(sorted, sorted.length, rank);
  }

  private static double quantileOfSorted(double[] sorted, int count, double rank) {
    double position = rank * (count - 1);
    int below = (int) position;
    int above = Math.min(below + 1, count - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /**
   * The standard deviation that residuals around zero would have, were they normal: the largest of
   * what their absolute values say at the median (the MAD), at 90 % and at 95 %. A tail heavier
   * than the normal one therefore widens it, a single wild residual among many does not.
   */
  public static double scale(double[] residuals) {
    return scale(residuals, residuals.length, new double[residuals.length]);
  }

  /**
   * The same of the first so many of an array.
   *
   * @param sizes room for as many numbers, whatever stands there
   */
  public static double scale(double[] residuals, int count, double[] sizes) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sizes[i] = Math.abs(residuals[i]);
      sum += sizes[i];
    }
    int upper = below(WIDE, count);
    if (Double.isNaN(sum) || count - upper > FEW) {
      return ofSorted(sizes, count, sum);
    }
    double[] top = top(sizes, count, count - upper);
    double wide = between(top, upper, count, WIDE) / NORMAL_90;
    double widest = between(top, upper, count, WIDEST) / NORMAL_95;
    double tail = Math.max(wide, widest);
    // Mostly the tail says it, and to know that takes no more than counting.
    double least = tail / MEDIAN_TO_SIGMA * LESS;
    int below = 0;
    for (int i = 0; i < count; i++) {
      below += sizes[i] <= least ? 1 : 0;
    }
    return below > count >>> 1 ? tail : Math.max(MEDIAN_TO_SIGMA * middle(sizes, count), tail);
  }

  /** The upper tenth is sorted, of the rest only the middle found: sorting all is dearer. */
  private static double ofSorted(double[] sizes, int count, double sum) {
    int upper = below(WIDE, count);
    if (Double.isNaN(sum)) {
      Arrays.sort(sizes, 0, count);
    } else {
      select(sizes, 0, count, upper);
      sortFew(sizes, upper + 1, count);
    }
    double wide = quantileOfSorted(sizes, count, WIDE) / NORMAL_90;
    double widest = quantileOfSorted(sizes, count, WIDEST) / NORMAL_95;
    double middle = MEDIAN_TO_SIGMA * medianBelow(sizes, count, upper);
    return Math.max(middle, Math.max(wide, widest));
  }

  /** The largest values, in ascending order. */
  private static double[] top(double[] values, int count, int most) {
    double[] top = Arrays.copyOf(values, most);
    sortFew(top, 0, most);
    for (int i = most; i < count; i++) {
      double value = values[i];
      if (value > top[0]) {
        int place = 1;
        while (place < most && top[place] < value) {
          top[place - 1] = top[place];
          place++;
        }
        top[place - 1] = value;
      }
    }
    return top;
  }

  /** The same as {@link #quantileOfSorted} where all from a place on is known. */
  private static double between(double[] top, int first, int count, double rank) {
    double position = rank * (count - 1);
    int below = (int) position;
    int above = Math.min(below + 1, count - 1);
    return top[below - first] + (position - below) * (top[above - first] - top[below - first]);
  }

  private static double middle(double[] values, int count) {
    int middle = count >>> 1;
    select(values, 0, count, middle);
    if (count % 2 == 1) {
      return values[middle];
    }
    double before = values[0];
    for (int i = 1; i < middle; i++) {
      before = Math.max(before, values[i]);
    }
    return (before + values[middle]) / 2;
  }

  /**
   * Whether {@link #scale} is at least so much, as far as counting tells: never true when it is
   * not, and seldom false when it is.
   */
  public static boolean isScaleAtLeast(double[] residuals, double bound) {
    return isScaleAtLeast(residuals, residuals.length, bound);
  }

  /** The same of the first so many of an array. */
  public static boolean isScaleAtLeast(double[] residuals, int count, double bound) {
    double ofMiddle = bound / MEDIAN_TO_SIGMA;
    double ofWide = bound * NORMAL_90;
    double ofWidest = bound * NORMAL_95;
    int beyondMiddle = 0;
    int beyondWide = 0;
    int beyondWidest = 0;
    for (int i = 0; i < count; i++) {
      double size = Math.abs(residuals[i]);
      beyondMiddle += size >= ofMiddle ? 1 : 0;
      beyondWide += size >= ofWide ? 1 : 0;
      beyondWidest += size >= ofWidest ? 1 : 0;
    }
    return beyondMiddle >= count - (count - 1) / 2
        || beyondWide >= count - below(WIDE, count)
        || beyondWidest >= count - below(WIDEST, count);
  }

  /** Of so many residuals, how many must be {@link #wide} for a scale to be so much. */
  public static int enoughWide(int count) {
    return count - below(WIDE, count);
  }

  /** The size from which on a residual is wide for a scale. */
  public static double wide(double scale) {
    return scale * NORMAL_90;
  }

  private static int below(double rank, int count) {
    return (int) (rank * (count - 1));
  }

  /** The median of values of which those from {@code upper} on are sorted, and none is smaller. */
  private static double medianBelow(double[] values, int count, int upper) {
    int middle = count >>> 1;
    if (middle < upper) {
      select(values, 0, upper, middle);
    }
    if (count % 2 == 1) {
      return values[middle];
    }
    double before = values[0];
    for (int i = 1; i < middle; i++) {
      before = Math.max(before, values[i]);
    }
    return (before + values[middle]) / 2;
  }

  /** Puts the value of a place there, smaller ones before it and larger ones after it. */
  private static void select(double[] values, int from, int to, int place) {
    int low = from;
    int high = to - 1;
    while (high - low >= FEW) {
      double pivot = middleOf(values[low], values[(low + high) >>> 1], values[high]);
      int left = low;
      int right = high;
      while (left <= right) {
        while (values[left] < pivot) {
          left++;
        }
        while (values[right] > pivot) {
          right--;
        }
        if (left <= right) {
          double swapped = values[left];
          values[left++] = values[right];
          values[right--] = swapped;
        }
      }
      if (place <= right) {
        high = right;
      } else if (place >= left) {
        low = left;
      } else {
        return;
      }
    }
    sortFew(values, low, high + 1);
  }

  private static double middleOf(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  private static void sortFew(double[] values, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      double value = values[i];
      int place = i;
      while (place > from && values[place - 1] > value) {
        values[place] = values[place - 1];
        place--;
      }
      values[place] = value;
    }
  }
}
