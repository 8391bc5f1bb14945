package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.TableProfile;
import java.time.Instant;
import java.util.Optional;

/** Says in one sentence what moved, for a person who must mend the load. */
final class Explanation {

  private static final int LONGEST_NAME = 120;
  private static final double[] UNITS = {10, 100, 1_000, 10_000, 1_000_000, 12, 24, 60, 3_600};
  private static final double UNIT_TOLERANCE = 0.02;
  private static final double WHOLE_TOLERANCE = 0.02;
  private static final int MOST_COPIES = 5;

  private final String table;
  private final String earlier;
  private final RepeatedRows repeated;
  private final String missing;

  /**
   * For one run against one baseline.
   *
   * @param strategy how the baseline was chosen
   * @param at place of the baseline in time
   * @param repeated rows that came again
   * @param missing what rows that are gone have in common, as a clause; empty when it is not known
   */
  Explanation(
      DatasetId dataset, StrategyKind strategy, Instant at, RepeatedRows repeated, String missing) {
    this.table =
        name(dataset.slice() == null ? dataset.table() : dataset.table() + "@" + dataset.slice());
    this.earlier =
        (strategy == StrategyKind.PINNED ? "in the pinned run (" : "in the run before (")
            + Numbers.instant(at)
            + ")";
    this.repeated = repeated;
    this.missing = missing;
  }

  private Explanation(String table, String earlier, RepeatedRows repeated, String missing) {
    this.table = table;
    this.earlier = earlier;
    this.repeated = repeated;
    this.missing = missing;
  }

  /** The same for numbers that were learned from several runs. */
  Explanation afterRuns(int runs) {
    return new Explanation(table, "expected from the last " + runs + " runs", repeated, missing);
  }

  /** When a column last was as the accepted schema says. */
  static String acceptedUntil(Instant change) {
    return "in the accepted schema (until " + Numbers.instant(change) + ")";
  }

  /** A name as it may stand in a message: on one line and not endless. */
  static String name(String name) {
    String line = name.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME) + "…";
  }

  String table() {
    return table;
  }

  /** Whether it is plain what happened to the rows: some came twice, or a part is missing. */
  boolean knowsWhy(Comparison rows) {
    return rows.current() > rows.baseline() ? repeated.isSomething() : !missing.isEmpty();
  }

  /** That a number of rows may or may not be as usual. */
  String undecidedRows(Comparison rows, int runs) {
    return ("%s rows, %s %s%s; with fewer than %d earlier runs nobody knows whether that is usual,"
            + " so only a change by half is a finding.")
        .formatted(
            Numbers.plain(rows.current()),
            Numbers.plain(rows.baseline()),
            earlier,
            rowsHint(rows).replace("?", ""),
            runs);
  }

  String earlier() {
    return earlier;
  }

  /** The number of rows moved. */
  String ofRows(Comparison rows) {
    if (rows.current() == 0) {
      return "%s: the table is empty, %s%s rows %s."
          .formatted(
              table,
              earlier.startsWith("in ") ? "it had " : "",
              Numbers.plain(rows.baseline()),
              earlier);
    }
    return ended(
        "%s: %s rows, %s %s%s"
            .formatted(
                table,
                Numbers.plain(rows.current()),
                rows.baseline() == 0 ? "none" : Numbers.plain(rows.baseline()),
                earlier,
                rowsHint(rows)));
  }

  /**
   * The newest data is too old.
   *
   * @param expected what was expected, as a clause
   */
  String ofAge(TableProfile now, double age, String expected) {
    String latest =
        DataAge.column(now, age)
            .map(
                column ->
                    " (the latest %s is %s)"
                        .formatted(
                            name(column.name().value()),
                            Numbers.temporal(
                                now.scannedAt().toEpochMilli() - age, column.column().type())))
            .orElse("");
    return "%s: the newest data is %s old%s, %s: has the load stopped?"
        .formatted(table, DataAge.words(age), latest, expected);
  }

  private String rowsHint(Comparison rows) {
    if (rows.baseline() == 0) {
      return "";
    }
    String change = ": " + relative(rows);
    double copies = Math.rint(rows.current() / rows.baseline());
    boolean multiple =
        copies >= 2
            && copies <= MOST_COPIES
            && Math.abs(rows.current() / copies - rows.baseline())
                <= WHOLE_TOLERANCE * rows.baseline();
    if (multiple) {
      return change + "; " + Numbers.plain(copies) + " times as many: was the load repeated?";
    }
    if (rows.current() < rows.baseline()) {
      return change + missing;
    }
    return repeated.isSomething()
        ? change + "; " + repeated.words() + ": was a part loaded twice?"
        : change;
  }

  /** A metric of a column moved. */
  String ofColumn(Metric metric, Comparison moved, ColumnView baseline, ColumnView current) {
    ColumnName column = current.profile().name();
    String what =
        switch (metric.unit()) {
          case PERCENT -> ofShare(metric, moved, column);
          case INSTANT -> ofInstant(metric, moved, current.type());
          default -> ofValue(metric, moved, baseline, current);
        };
    return ended(name(column.value()) + " of " + table + ": " + what);
  }

  /**
   * A number of a column is not what its history lets expect.
   *
   * @param shape what the fault looks like, as a clause; empty when it is not known
   */
  String ofLearned(Candidate moved, ColumnView last, ColumnView current, String shape) {
    Optional<Metric> metric = Metric.ofWireName(moved.metric());
    if (metric.isPresent()) {
      return shaped(ofColumn(metric.get(), moved.comparison(), last, current), shape);
    }
    return ended(
        name(current.profile().name().value())
            + " of "
            + table
            + ": "
            + what(moved, current)
            + shape);
  }

  /** A sentence with what the fault looks like, unless it asks something already. */
  static String shaped(String sentence, String shape) {
    return shape.isEmpty() || sentence.endsWith("?")
        ? sentence
        : sentence.substring(0, sentence.length() - 1) + shape;
  }

  /**
   * A column's values are distributed otherwise than in one other run.
   *
   * @param effect by how much of their spread
   * @param most what moved most, as a clause
   */
  String ofDistribution(ColumnView current, double effect, String most) {
    return "%s of %s: the values are distributed otherwise than %s, by %s of their spread: %s."
        .formatted(
            name(current.profile().name().value()), table, earlier, Numbers.plain(effect), most);
  }

  private String what(Candidate moved, ColumnView current) {
    double now = moved.current();
    double before = moved.forecast().expected();
    DistributionChange change = moved.moved();
    String most = change == null ? "" : ": " + change.most();
    boolean temporal = current.type().isTemporal();
    return switch (moved.metric()) {
      case Feature.CATEGORIES ->
          ofShare(String.valueOf(moved.category()), before, now) + ", the former " + earlier;
      case Feature.DISTRIBUTION ->
          "the values are distributed otherwise, by %s of their spread, %s %s%s"
              .formatted(Numbers.plain(now), Numbers.plain(before), earlier, most);
      case Feature.POSITION ->
          "the lower half of the values lies around %s, around %s %s at such a spread%s"
              .formatted(
                  Numbers.plain(now),
                  Numbers.plain(before),
                  earlier,
                  ": all are "
                      + Numbers.plain(Math.abs(now - before))
                      + (now > before ? " higher" : " lower"));
      default ->
          "%s is %s, %s %s"
              .formatted(
                  moved.metric().replace('_', ' '),
                  temporal ? Numbers.temporal(now, current.type()) : Numbers.plain(now),
                  temporal ? Numbers.temporal(before, current.type()) : Numbers.plain(before),
                  earlier);
    };
  }

  /** How the share of a frequent value changed; percents. */
  static String ofShare(String key, double before, double now) {
    return "the share of `%s` %s from %s to %s"
        .formatted(
            Category.name(key),
            now >= before ? "rose" : "fell",
            Numbers.percent(before),
            Numbers.percent(now));
  }

  /** A sentence that asks needs no full stop. */
  private static String ended(String sentence) {
    return sentence.endsWith("?") ? sentence : sentence + ".";
  }

  private String ofShare(Metric metric, Comparison moved, ColumnName column) {
    String now = Numbers.percent(moved.current());
    String before = moved.baseline() == 0 ? "none" : Numbers.percent(moved.baseline());
    String tail = ", " + before + " " + earlier;
    return switch (metric) {
      case NULL_PERCENT -> now + " of values are missing" + tail;
      case BLANK_PERCENT -> now + " of values are blank" + tail;
      case ZERO_PERCENT -> now + " of values are zero" + tail;
      case NEGATIVE_PERCENT -> now + " of values are negative" + tail;
      case TRUE_PERCENT -> now + " of values are true" + tail;
      default ->
          (moved.current() < moved.baseline() ? "only " : "")
              + now
              + " of values are distinct"
              + tail
              + repeated.hint(column);
    };
  }

  private String ofInstant(Metric metric, Comparison moved, ColumnType type) {
    return "the %s value is %s, %s %s"
        .formatted(
            metric == Metric.EARLIEST ? "earliest" : "latest",
            Numbers.temporal(moved.current(), type),
            Numbers.temporal(moved.baseline(), type),
            earlier);
  }

  private String ofValue(Metric metric, Comparison moved, ColumnView baseline, ColumnView current) {
    String what =
        switch (metric) {
          case MEAN -> "the mean is ";
          case STANDARD_DEVIATION -> "the standard deviation is ";
          case MIN -> "the smallest value is ";
          case MAX -> "the largest value is ";
          case AVERAGE_LENGTH -> "the average length is ";
          default -> metric.wireName().replace('_', ' ') + " is ";
        };
    return what
        + Numbers.plain(moved.current())
        + ", "
        + Numbers.plain(moved.baseline())
        + " "
        + earlier
        + valueHint(metric, moved, baseline, current);
  }

  private static String valueHint(
      Metric metric, Comparison moved, ColumnView baseline, ColumnView current) {
    if (moved.baseline() == 0) {
      return "";
    }
    if (metric == Metric.MEAN && scaled(baseline, current)) {
      double factor = moved.current() / moved.baseline();
      return ": every value is about %s times what it was%s"
          .formatted(
              factor >= 1 ? Numbers.factor(factor) : Numbers.plain(factor),
              isUnit(factor) ? ", a change of unit?" : "");
    }
    return ": " + relative(moved);
  }

  /** Whether mean and standard deviation grew by the same factor: all values were multiplied. */
  private static boolean scaled(ColumnView baseline, ColumnView current) {
    double mean = current.number(Metric.MEAN) / baseline.number(Metric.MEAN);
    double deviation =
        current.numberOr(Metric.STANDARD_DEVIATION, 0)
            / baseline.numberOr(Metric.STANDARD_DEVIATION, 0);
    boolean far = mean >= 2 || (mean > 0 && mean <= 0.5);
    return far && Math.abs(deviation / mean - 1) <= 0.1;
  }

  private static boolean isUnit(double factor) {
    double large = factor >= 1 ? factor : 1 / factor;
    for (double unit : UNITS) {
      if (Math.abs(large / unit - 1) <= UNIT_TOLERANCE) {
        return true;
      }
    }
    return false;
  }

  private static String relative(Comparison moved) {
    double change = 100 * (moved.current() - moved.baseline()) / Math.abs(moved.baseline());
    return change >= 900
        ? Numbers.factor(moved.current() / moved.baseline()) + " times as much"
        : Numbers.percent(Math.abs(change)) + (change > 0 ? " more" : " less");
  }
}
