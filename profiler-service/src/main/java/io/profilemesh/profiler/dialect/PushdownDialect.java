package io.profilemesh.profiler.dialect;

import java.util.Optional;

/**
 * An engine that can compute a profile by itself: its own functions for what has to be
 * approximated, in SQL whose other parts all such engines share. Errors are those its documentation
 * states.
 */
public interface PushdownDialect extends JdbcDialect {

  /** Distinct values of an expression, approximately. */
  String approximateDistinct(String expression);

  /** Relative standard error of that. */
  double distinctError();

  /** The value at a rank between 0 and 1 of a floating-point expression. */
  String quantile(String expression, double rank);

  /** Largest difference between the stated and the true rank that is to be expected. */
  double rankError();

  /**
   * The most frequent values of a text and how often each occurs, approximately, as a JSON array of
   * pairs or of objects with {@code value} and {@code count}; empty where the engine has no
   * function for it: then they are counted by a statement of their own.
   */
  Optional<String> frequent(String text, int most);

  /** The expression as a floating-point number. */
  String asDouble(String expression);

  /** The expression as a text. */
  String asText(String expression);

  /** The sum of whole or decimal numbers, which does not overflow. */
  String sum(String expression);

  /** Whether a floating-point value is not a number. */
  String isNan(String expression);

  /** Whether a floating-point value is infinite. */
  String isInfinite(String expression);

  /** Size of a value that is neither text nor number, in bytes; empty where there is none. */
  Optional<String> size(SourceColumn column);

  /** Whether values of the column can be compared with each other. */
  boolean isComparable(SourceColumn column);
}
