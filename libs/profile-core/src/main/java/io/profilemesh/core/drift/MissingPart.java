package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Histogram;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.core.profile.TableProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the rows that are fewer than before have in common, where that is recognisable: values of a
 * column that are all gone, or a span of time in which there is nothing any more. A guess for
 * people, which no decision rests on: a clause that begins with a colon and ends with a question
 * mark.
 */
final class MissingPart {

  private static final double LEAST_LOST = 0.01;
  private static final double LEAST_ROWS_LOST = 10;

  /** What a missing part explains of the lost rows may be off by this share of them. */
  private static final double TOLERANCE = 0.25;

  /** Of the value that went, so little may be left unseen. */
  private static final double LEFT = 0.25;

  private static final double LEAST_SHARE = 0.01;

  /** What fewer values would have is gone by chance at times. */
  private static final double LEAST_EXPECTED = 20;

  private static final int MOST_NAMED = 3;

  private final TableProfile before;
  private final TableProfile now;
  private final double lost;

  private MissingPart(TableProfile before, TableProfile now) {
    this.before = before;
    this.now = now;
    this.lost = before.rowCount() - now.rowCount();
  }

  /** The clause; empty when rows are not fewer, or have nothing in common. */
  static String between(TableProfile before, TableProfile now) {
    MissingPart part = new MissingPart(before, now);
    if (part.lost < LEAST_ROWS_LOST || part.lost < LEAST_LOST * before.rowCount()) {
      return "";
    }
    return part.values().or(part::span).orElse("");
  }

  /** Values of a column that went, with as many rows as are lost. */
  private Optional<String> values() {
    for (ColumnProfile column : before.columnProfiles()) {
      ColumnProfile current = now.column(column.name()).orElse(null);
      boolean moves =
          column.column().type().isTemporal() && column.column().type() != ColumnType.DATE;
      if (current != null && !moves) {
        Map<String, Double> was = ColumnSeries.shares(column);
        Map<String, Double> is = ColumnSeries.shares(current);
        if (was != null && is != null) {
          Optional<String> gone = values(column, was, is);
          if (gone.isPresent()) {
            return gone;
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> values(
      ColumnProfile column, Map<String, Double> was, Map<String, Double> is) {
    double unseen = ColumnSeries.mostOfOthers(is);
    List<String> gone = new ArrayList<>();
    double share = 0;
    for (Map.Entry<String, Double> value : was.entrySet()) {
      boolean mattered =
          value.getValue() >= LEAST_SHARE && value.getValue() * now.rowCount() >= LEAST_EXPECTED;
      if (mattered && !is.containsKey(value.getKey()) && unseen <= LEFT * value.getValue()) {
        gone.add(value.getKey());
        share += value.getValue();
      }
    }
    double rows = share * values(column, before);
    if (gone.isEmpty() || gone.size() == was.size() || !explains(rows)) {
      return Optional.empty();
    }
    String names =
        gone.stream()
            .limit(MOST_NAMED)
            .map(key -> "`" + Category.name(key) + "`")
            .collect(Collectors.joining(", "));
    int more = gone.size() - MOST_NAMED;
    return Optional.of(
        ": there is no %s%s of %s any more, which had %s of the values: is a partition missing?"
            .formatted(
                names,
                more > 0 ? " nor %d others".formatted(more) : "",
                Explanation.name(column.name().value()),
                Numbers.percent(100 * share)));
  }

  private static double values(ColumnProfile column, TableProfile run) {
    return Math.max(0, run.rowCount() - column.number(Metric.NULL_COUNT).orElse(0));
  }

  private boolean explains(double rows) {
    return Math.abs(rows - lost) <= TOLERANCE * lost;
  }

  /** A span of a column's time in which there is nothing now. */
  private Optional<String> span() {
    for (ColumnProfile column : before.columnProfiles()) {
      ColumnProfile current = now.column(column.name()).orElse(null);
      boolean suits = column.column().type().isTemporal() && current != null;
      // Dates of a load move with the clock, those of a table at rest stay.
      long elapsed = Duration.between(before.scannedAt(), now.scannedAt()).toMillis();
      long[] shifts =
          column.column().type() == ColumnType.TIME ? new long[] {0} : new long[] {0, elapsed};
      for (long shift : suits ? shifts : new long[0]) {
        Optional<String> empty = span(column, current, shift);
        if (empty.isPresent()) {
          return empty;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> span(ColumnProfile column, @Nullable ColumnProfile current, long shift) {
    Course course = Course.of(column, shift);
    if (course == null || current == null) {
      return Optional.empty();
    }
    double[] widest = null;
    double most = 0;
    for (double[] empty : emptySpans(current, course)) {
      double share = course.share(empty[0], empty[1]);
      if (share > most) {
        most = share;
        widest = empty;
      }
    }
    if (widest == null
        || most * now.rowCount() < LEAST_EXPECTED
        || !explains(most * values(column, before))) {
      return Optional.empty();
    }
    ColumnType type = column.column().type();
    return Optional.of(
        ": there is no %s from %s to %s, where %s of the values were expected: is that part missing?"
            .formatted(
                Explanation.name(column.name().value()),
                Numbers.temporal(widest[0], type),
                Numbers.temporal(widest[1], type),
                Numbers.percent(100 * most)));
  }

  /** Spans in which the run has no value: before its first, after its last, and between. */
  private static List<double[]> emptySpans(ColumnProfile current, Course course) {
    List<double[]> spans = new ArrayList<>();
    double earliest = current.number(Metric.EARLIEST).orElse(Double.NaN);
    double latest = current.number(Metric.LATEST).orElse(Double.NaN);
    if (earliest > course.first()) {
      spans.add(new double[] {course.first(), earliest});
    }
    if (latest < course.last()) {
      spans.add(new double[] {latest, course.last()});
    }
    Histogram histogram = current.histogram();
    if (histogram != null) {
      int from = -1;
      for (int bin = 0; bin < histogram.counts().size(); bin++) {
        boolean empty = histogram.counts().get(bin) == 0;
        from = empty && from < 0 ? bin : from;
        if (!empty && from >= 0) {
          spans.add(new double[] {histogram.edges().get(from), histogram.edges().get(bin)});
          from = -1;
        }
      }
    }
    return spans;
  }

  /**
   * How the values of a column lay in time.
   *
   * @param ranks ascending, from 0 to 1
   */
  private record Course(double[] ranks, double[] values) {

    static @Nullable Course of(ColumnProfile column, long shift) {
      Quantiles quantiles = column.quantiles();
      double earliest = column.number(Metric.EARLIEST).orElse(Double.NaN);
      double latest = column.number(Metric.LATEST).orElse(Double.NaN);
      if (quantiles == null || Double.isNaN(earliest) || Double.isNaN(latest)) {
        return null;
      }
      int n = quantiles.ranks().size();
      double[] ranks = new double[n + 2];
      double[] values = new double[n + 2];
      values[0] = earliest + shift;
      for (int i = 0; i < n; i++) {
        ranks[i + 1] = quantiles.ranks().get(i);
        values[i + 1] = Math.max(values[i], quantiles.values().get(i) + shift);
      }
      ranks[n + 1] = 1;
      values[n + 1] = Math.max(values[n], latest + shift);
      return new Course(ranks, values);
    }

    double first() {
      return values[0];
    }

    double last() {
      return values[values.length - 1];
    }

    double share(double from, double to) {
      return rank(to) - rank(from);
    }

    private double rank(double value) {
      for (int i = 1; i < values.length; i++) {
        if (value <= values[i]) {
          double width = values[i] - values[i - 1];
          double part = width > 0 ? Math.max(0, value - values[i - 1]) / width : 1;
          return ranks[i - 1] + part * (ranks[i] - ranks[i - 1]);
        }
      }
      return 1;
    }
  }
}
