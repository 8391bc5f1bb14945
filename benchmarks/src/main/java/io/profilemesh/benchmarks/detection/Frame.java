package io.profilemesh.benchmarks.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The rows of one run, column by column. */
record Frame(List<Values> columns) {

  Frame {
    columns = List.copyOf(columns);
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
}
