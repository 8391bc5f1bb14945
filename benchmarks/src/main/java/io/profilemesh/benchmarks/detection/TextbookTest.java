package io.profilemesh.benchmarks.detection;

import io.profilemesh.core.statistics.GammaFunction;
import io.profilemesh.core.statistics.StandardErrors;
import io.profilemesh.core.statistics.StudentT;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A simple test as a textbook has it: the probability that a run differs so much from earlier ones
 * by chance. {@code NaN} where it says nothing.
 */
enum TextbookTest {
  WELCH("Welch's t of the mean", false) {
    @Override
    double ofColumn(List<Sample> past, Sample now) {
      Sample before = Sample.pooled(past);
      double n1 = before.values().length;
      double n2 = now.values().length;
      if (n1 < 2 || n2 < 2) {
        return Double.NaN;
      }
      double sd1 = before.deviation();
      double sd2 = now.deviation();
      double gap = Math.abs(now.mean() - before.mean());
      double error = StandardErrors.ofMeanDifference(sd1, n1, sd2, n2);
      if (error == 0) {
        return gap == 0 ? 1 : 0;
      }
      return StudentT.twoSided(gap / error, StandardErrors.welchFreedom(sd1, n1, sd2, n2));
    }
  },
  MEANS("t of the run's mean among those of earlier runs", false) {
    @Override
    double ofColumn(List<Sample> past, Sample now) {
      double[] means =
          past.stream().mapToDouble(Sample::mean).filter(mean -> !Double.isNaN(mean)).toArray();
      return amongOthers(means, now.mean());
    }
  },
  NULLS("z of the share of nulls", false) {
    @Override
    double ofColumn(List<Sample> past, Sample now) {
      Sample before = Sample.pooled(past);
      return ofShares(before.nulls(), before.rows(), now.nulls(), now.rows());
    }
  },
  ZEROS("z of the share of zeros", false) {
    @Override
    double ofColumn(List<Sample> past, Sample now) {
      Sample before = Sample.pooled(past);
      return before.counts().isEmpty()
          ? ofShares(before.zeros(), before.values().length, now.zeros(), now.values().length)
          : Double.NaN;
    }
  },
  CHI_SQUARE("chi² of the categories", false) {
    @Override
    double ofColumn(List<Sample> past, Sample now) {
      return chiSquare(Sample.pooled(past).counts(), now.counts());
    }
  },
  KOLMOGOROV_SMIRNOV("Kolmogorov-Smirnov", false) {
    @Override
    double ofColumn(List<Sample> past, Sample now) {
      Sample before = Sample.pooled(past);
      return before.values().length < 2 || now.values().length < 2
          ? Double.NaN
          : SampleDistances.kolmogorovSmirnovProbability(before.values(), now.values());
    }
  },
  POISSON("Poisson of the rows", true) {
    @Override
    double ofRows(double[] past, double now) {
      double mean = Arrays.stream(past).average().orElse(0);
      return past.length == 0 || mean == 0
          ? Double.NaN
          : twoSided(1 - GammaFunction.upper(now, mean), GammaFunction.upper(now + 1, mean));
    }
  },
  NEGATIVE_BINOMIAL("negative binomial of the rows", true) {
    @Override
    double ofRows(double[] past, double now) {
      double mean = Arrays.stream(past).average().orElse(0);
      double variance = variance(past, mean);
      if (past.length < FEWEST || mean == 0 || !(variance > mean)) {
        return POISSON.ofRows(past, now);
      }
      double size = mean * mean / (variance - mean);
      double below = 0;
      double exact = 0;
      for (int count = 0; count <= now; count++) {
        exact =
            Math.exp(
                GammaFunction.log(size + count)
                    - GammaFunction.log(size)
                    - GammaFunction.log(count + 1.0)
                    + size * Math.log(size / (size + mean))
                    + count * Math.log(mean / (size + mean)));
        below += exact;
      }
      return twoSided(Math.max(0, 1 - below + exact), below);
    }
  },
  COUNTS("t of the rows among those of earlier runs", true) {
    @Override
    double ofRows(double[] past, double now) {
      return amongOthers(past, now);
    }
  },
  LOGARITHMS("t of the logarithm of the rows among those of earlier runs", true) {
    @Override
    double ofRows(double[] past, double now) {
      return amongOthers(Arrays.stream(past).map(Math::log1p).toArray(), Math.log1p(now));
    }
  };

  private static final int FEWEST = 4;
  private static final double FEWEST_EXPECTED = 5;

  private final String title;
  private final boolean rows;

  TextbookTest(String title, boolean rows) {
    this.title = title;
    this.rows = rows;
  }

  String title() {
    return title;
  }

  /** Whether it is about the number of rows; otherwise it is about the values of a column. */
  boolean isOfRows() {
    return rows;
  }

  /** Probability for a column beside the same one of earlier runs, at least one. */
  double ofColumn(List<Sample> past, Sample now) {
    return Double.NaN;
  }

  /** Probability for a number of rows beside those of earlier runs. */
  double ofRows(double[] past, double now) {
    return Double.NaN;
  }

  /** Student's t of a new number among others that are thought normal. */
  private static double amongOthers(double[] past, double now) {
    if (past.length < FEWEST || Double.isNaN(now)) {
      return Double.NaN;
    }
    double mean = Arrays.stream(past).average().orElse(0);
    double error = Math.sqrt(variance(past, mean) * (1 + 1.0 / past.length));
    if (error == 0) {
      return now == mean ? 1 : 0;
    }
    return StudentT.twoSided(Math.abs(now - mean) / error, past.length - 1.0);
  }

  private static double variance(double[] past, double mean) {
    double squares = Arrays.stream(past).map(value -> (value - mean) * (value - mean)).sum();
    return squares / Math.max(1, past.length - 1);
  }

  private static double twoSided(double atLeast, double atMost) {
    return Math.min(1, 2 * Math.min(atLeast, atMost));
  }

  private static double ofShares(double k1, double n1, double k2, double n2) {
    if (n1 < 1 || n2 < 1) {
      return Double.NaN;
    }
    double error = StandardErrors.ofShareDifference(k1 / n1, n1, k2 / n2, n2);
    double gap = Math.abs(k1 / n1 - k2 / n2);
    if (error == 0) {
      return 1;
    }
    double z = gap / error;
    return GammaFunction.upper(0.5, z * z / 2);
  }

  /** Pearson's test of two rows of counts; values expected too rarely are one class. */
  private static double chiSquare(Map<String, Integer> first, Map<String, Integer> second) {
    double n1 = first.values().stream().mapToInt(Integer::intValue).sum();
    double n2 = second.values().stream().mapToInt(Integer::intValue).sum();
    if (n1 == 0 || n2 == 0) {
      return Double.NaN;
    }
    Map<String, Integer> all = new HashMap<>(first);
    second.forEach((text, count) -> all.merge(text, count, Integer::sum));
    double statistic = 0;
    int classes = 0;
    double[] rest = new double[2];
    for (Map.Entry<String, Integer> entry : all.entrySet()) {
      double one = first.getOrDefault(entry.getKey(), 0);
      double other = second.getOrDefault(entry.getKey(), 0);
      if (entry.getValue() * Math.min(n1, n2) / (n1 + n2) >= FEWEST_EXPECTED) {
        statistic += term(one, other, n1, n2);
        classes++;
      } else {
        rest[0] += one;
        rest[1] += other;
      }
    }
    if (rest[0] + rest[1] > 0) {
      statistic += term(rest[0], rest[1], n1, n2);
      classes++;
    }
    return classes < 2 ? Double.NaN : GammaFunction.upper((classes - 1) / 2.0, statistic / 2);
  }

  private static double term(double one, double other, double n1, double n2) {
    double expected1 = (one + other) * n1 / (n1 + n2);
    double expected2 = (one + other) * n2 / (n1 + n2);
    return (one - expected1) * (one - expected1) / expected1
        + (other - expected2) * (other - expected2) / expected2;
  }
}
