package io.profilemesh.benchmarks.detection;

import io.profilemesh.core.profile.ColumnType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of a column of one or several runs, as textbook tests take them.
 *
 * @param rows rows, nulls included
 * @param values numbers in order; of text the lengths; of timestamps the microseconds since the
 *     start of their period
 * @param counts how often each text occurs; empty for numbers
 */
@SuppressWarnings("ArrayRecordComponent") // shared and never written
record Sample(long rows, double[] values, Map<String, Integer> counts) {

  /** The column of a run. */
  static Sample of(Shot run, Values column) {
    Map<String, Integer> counts = new HashMap<>();
    List<Double> values = new ArrayList<>();
    if (column.isText()) {
      for (String text : column.textsOrThrow()) {
        if (text != null) {
          counts.merge(text, 1, Integer::sum);
          values.add((double) text.length());
        }
      }
    } else {
      double start = column.type() == ColumnType.TIMESTAMP ? run.at().toEpochMilli() * 1000.0 : 0.0;
      for (double value : column.numbersOrThrow()) {
        if (!Double.isNaN(value)) {
          values.add(value - start);
        }
      }
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Sample(column.rows(), sorted, counts);
  }

  /** All values of some samples as one. */
  static Sample pooled(List<Sample> samples) {
    Map<String, Integer> counts = new HashMap<>();
    long rows = 0;
    int size = 0;
    for (Sample sample : samples) {
      sample.counts.forEach((text, count) -> counts.merge(text, count, Integer::sum));
      rows += sample.rows;
      size += sample.values.length;
    }
    double[] all = new double[size];
    int filled = 0;
    for (Sample sample : samples) {
      System.arraycopy(sample.values, 0, all, filled, sample.values.length);
      filled += sample.values.length;
    }
    Arrays.sort(all);
    return new Sample(rows, all, counts);
  }

  double mean() {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** Standard deviation; {@code NaN} for fewer than two values. */
  double deviation() {
    double mean = mean();
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
  }

  long nulls() {
    return rows - values.length;
  }

  long zeros() {
    return Arrays.stream(values).filter(value -> value == 0).count();
  }
}
