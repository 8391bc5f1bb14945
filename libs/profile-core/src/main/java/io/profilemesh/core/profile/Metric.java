package io.profilemesh.core.profile;

import static io.profilemesh.core.profile.MetricGroup.COMPLETENESS;
import static io.profilemesh.core.profile.MetricGroup.FRESHNESS;
import static io.profilemesh.core.profile.MetricGroup.LENGTH;
import static io.profilemesh.core.profile.MetricGroup.SCHEMA;
import static io.profilemesh.core.profile.MetricGroup.UNIQUENESS;
import static io.profilemesh.core.profile.MetricGroup.VALIDITY;
import static io.profilemesh.core.profile.MetricGroup.VALUE;
import static io.profilemesh.core.profile.MetricGroup.VOLUME;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The numbers of a profile. Quantiles, histograms and frequent values are structures of their own.
 *
 * <p>Units: counts are rows or values; percents are 0 to 100, null percent of all rows, the others
 * of non-null values; lengths are Unicode code points for text and bytes otherwise; {@code min},
 * {@code max}, {@code mean} and {@code standard_deviation} are in the column's own unit, dates and
 * times in milliseconds since 1970-01-01T00:00:00Z (times of day: since midnight).
 */
public enum Metric {
  ROW_COUNT("row_count", Unit.COUNT, VOLUME),
  COLUMN_COUNT("column_count", Unit.COUNT, SCHEMA),
  BYTES("bytes", Unit.BYTES, VOLUME),
  DATA_AGE("data_age", Unit.MILLISECONDS, FRESHNESS),

  COUNT("count", Unit.COUNT, VOLUME),
  NULL_COUNT("null_count", Unit.COUNT, COMPLETENESS),
  NULL_PERCENT("null_percent", Unit.PERCENT, COMPLETENESS),
  DISTINCT_COUNT("distinct_count", Unit.COUNT, UNIQUENESS),
  DISTINCT_PERCENT("distinct_percent", Unit.PERCENT, UNIQUENESS),

  MIN("min", Unit.VALUE, VALUE),
  MAX("max", Unit.VALUE, VALUE),
  MEAN("mean", Unit.VALUE, VALUE),
  STANDARD_DEVIATION("standard_deviation", Unit.VALUE, VALUE),
  SUM("sum", Unit.VALUE, VALUE),
  SKEWNESS("skewness", Unit.RATIO, VALUE),
  ZERO_COUNT("zero_count", Unit.COUNT, VALIDITY),
  ZERO_PERCENT("zero_percent", Unit.PERCENT, VALIDITY),
  NEGATIVE_COUNT("negative_count", Unit.COUNT, VALIDITY),
  NEGATIVE_PERCENT("negative_percent", Unit.PERCENT, VALIDITY),
  NAN_COUNT("nan_count", Unit.COUNT, VALIDITY),
  INFINITE_COUNT("infinite_count", Unit.COUNT, VALIDITY),

  MIN_LENGTH("min_length", Unit.LENGTH, LENGTH),
  MAX_LENGTH("max_length", Unit.LENGTH, LENGTH),
  AVERAGE_LENGTH("average_length", Unit.LENGTH, LENGTH),
  EMPTY_COUNT("empty_count", Unit.COUNT, COMPLETENESS),
  BLANK_COUNT("blank_count", Unit.COUNT, COMPLETENESS),
  BLANK_PERCENT("blank_percent", Unit.PERCENT, COMPLETENESS),

  EARLIEST("earliest", Unit.INSTANT, VALUE),
  LATEST("latest", Unit.INSTANT, VALUE),
  FUTURE_COUNT("future_count", Unit.COUNT, VALIDITY),

  TRUE_COUNT("true_count", Unit.COUNT, VALUE),
  TRUE_PERCENT("true_percent", Unit.PERCENT, VALUE);

  /** Unit of a metric. */
  public enum Unit {
    COUNT,
    BYTES,
    MILLISECONDS,
    PERCENT,
    /** The column's own unit. */
    VALUE,
    RATIO,
    /** Code points of text, bytes of anything else. */
    LENGTH,
    /** Milliseconds since 1970-01-01T00:00:00Z; times of day since midnight. */
    INSTANT
  }

  private static final Map<String, Metric> BY_WIRE_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Metric::wireName, Function.identity()));

  private final String wireName;
  private final Unit unit;
  private final MetricGroup group;

  Metric(String wireName, Unit unit, MetricGroup group) {
    this.wireName = wireName;
    this.unit = unit;
    this.group = group;
  }

  /** The metric of that name in topics, tables and answers; empty when it is unknown here. */
  public static Optional<Metric> ofWireName(String name) {
    return Optional.ofNullable(BY_WIRE_NAME.get(name));
  }

  /** Name in topics, tables and answers. */
  public String wireName() {
    return wireName;
  }

  public Unit unit() {
    return unit;
  }

  public MetricGroup group() {
    return group;
  }
}
