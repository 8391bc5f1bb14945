package io.profilemesh.profiler.scan;

import java.util.ArrayList;
import java.util.List;

/** The SELECT list of a statement that computes: each expression and its place in the answer. */
final class PushdownSelect {

  private final List<String> expressions = new ArrayList<>();

  /** Adds an expression; answers its place, counted from 1. */
  int add(String expression) {
    expressions.add(expression);
    return expressions.size();
  }

  /** Counts the rows of which a condition is true. */
  int countIf(String condition) {
    return add("SUM(CASE WHEN " + condition + " THEN 1 ELSE 0 END)");
  }

  boolean isEmpty() {
    return expressions.isEmpty();
  }

  String sql(String rows) {
    return "SELECT " + String.join(", ", expressions) + rows;
  }
}
