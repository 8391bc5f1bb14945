package io.profilemesh.benchmarks.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** The rows of one run, column by column. */
record Frame(List<Values> columns) {

  Frame {
    columns = List.copyOf(columns);
  }

  /** The rows of some frames with the same columns, one after the other. */
  static Frame of(List<Frame> frames) {
    List<Values> columns = new ArrayList<>();
    for (int i = 0; i < frames.get(0).columns().size(); i++) {
      int column = i;
      columns.add(Values.of(frames.stream().map(frame -> frame.columns().get(column)).toList()));
    }
    return new Frame(columns);
  }

  int rows() {
    return columns.isEmpty() ? 0 : columns.get(0).rows();
  }

  Values column(String name) {
    return columns.stream()
        .filter(values -> values.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no column " + name));
  }

  /** With one column changed, at its place. */
  Frame with(String name, UnaryOperator<Values> change) {
    List<Values> changed = new ArrayList<>();
    columns.forEach(
        values -> changed.add(values.name().equals(name) ? change.apply(values) : values));
    return new Frame(changed);
  }

  /** The rows at some places. */
  Frame at(int[] places) {
    return new Frame(columns.stream().map(values -> values.at(places)).toList());
  }

  /** Whether names, types and values are all the same. */
  boolean hasSameRowsAs(Frame other) {
    if (columns.size() != other.columns.size()) {
      return false;
    }
    for (int i = 0; i < columns.size(); i++) {
      Values one = columns.get(i);
      Values two = other.columns.get(i);
      if (!one.name().equals(two.name())
          || !one.dataType().equals(two.dataType())
          || !Arrays.equals(one.numbers(), two.numbers())
          || !Arrays.equals(one.texts(), two.texts())) {
        return false;
      }
    }
    return true;
  }
}
