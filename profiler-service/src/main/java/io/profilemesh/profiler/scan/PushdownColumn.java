package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.ComputedColumn;
import io.profilemesh.core.profile.ComputedColumn.Distinct;
import io.profilemesh.core.profile.ComputedColumn.Distribution;
import io.profilemesh.core.profile.ComputedColumn.Frequent;
import io.profilemesh.profiler.dialect.JdbcEncoding;
import io.profilemesh.profiler.dialect.PushdownDialect;
import io.profilemesh.profiler.dialect.SourceColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a source is asked of one column, and its answers. First {@link #select} and {@link #read},
 * then the same of the bins, whose edges follow from the first answer.
 */
abstract class PushdownColumn {

  /** Frequent values asked for. */
  static final int FREQUENT = 32;

  final PushdownDialect dialect;
  final SourceColumn column;
  final ScanRequest request;
  final String name;
  private int countAt;
  private int distinctAt;
  private int frequentAt;
  private long count;
  private long nulls;
  private long distinct = -1;
  private List<Frequent> frequent = List.of();

  PushdownColumn(PushdownDialect dialect, SourceColumn column, ScanRequest request) {
    this.dialect = dialect;
    this.column = column;
    this.request = request;
    this.name = dialect.quote(column.name().value());
  }

  static PushdownColumn of(
      PushdownDialect dialect, SourceColumn column, ScanRequest request, long nowMicros) {
    return switch ((JdbcEncoding) column.encoding()) {
      case LONG, DOUBLE, DECIMAL -> new PushdownNumbers(dialect, column, request);
      case DATE_AS_DAYS, TIME_AS_MICROS, TIMESTAMP_AS_MICROS, INSTANT_AS_MICROS ->
          new PushdownMoments(dialect, column, request, nowMicros);
      case TEXT, PADDED_TEXT -> new PushdownTexts(dialect, column, request);
      case BOOLEAN -> new PushdownTruths(dialect, column, request);
      case JSON,
          OTHER_AS_TEXT,
          ARRAY_AS_TEXT,
          UUID_AS_TEXT,
          BYTES,
          DATE_AS_TEXT,
          TIME_AS_TEXT,
          TIMESTAMP_AS_TEXT ->
          new PushdownSizes(dialect, column, request);
    };
  }

  /** Adds what the column needs to the first statement. */
  final void select(PushdownSelect select) {
    countAt = select.add("COUNT(" + name + ")");
    countedAs()
        .ifPresent(
            value ->
                distinctAt =
                    select.add(
                        request.exactDistinct()
                            ? "COUNT(DISTINCT " + value + ")"
                            : dialect.approximateDistinct(value)));
    frequentText()
        .flatMap(text -> dialect.frequent(text, FREQUENT))
        .ifPresent(expression -> frequentAt = select.add(expression));
    selectMore(select);
  }

  /** Takes in the answer to the first statement. */
  final void read(ResultSet row, long rows) throws SQLException {
    count = row.getLong(countAt);
    nulls = rows - count;
    if (distinctAt > 0) {
      distinct = row.getLong(distinctAt);
    }
    if (frequentAt > 0) {
      frequent = canonical(FrequentJson.parse(row.getString(frequentAt)));
    }
    readMore(row);
  }

  /** Statement of its own for the frequent values, where the engine has no function for them. */
  final Optional<String> frequentStatement(String rows, boolean filtered) {
    return frequentAt > 0 || count == 0
        ? Optional.empty()
        : frequentText()
            .map(
                text ->
                    "SELECT "
                        + text
                        + ", COUNT(*)"
                        + rows
                        + (filtered ? " AND " : " WHERE ")
                        + name
                        + " IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT "
                        + FREQUENT);
  }

  /** Takes in the rows of that statement. */
  final void readFrequent(ResultSet rows) throws SQLException {
    List<Frequent> found = new ArrayList<>();
    while (rows.next()) {
      found.add(new Frequent(rows.getString(1), rows.getLong(2)));
    }
    frequent = canonical(found);
  }

  /** Adds the bins of a histogram to the second statement. */
  void selectBins(PushdownSelect select) {}

  /** Takes in their counts. */
  void readBins(ResultSet row) throws SQLException {}

  /** The answers together. */
  final ComputedColumn computed() {
    return new ComputedColumn(
        column.definition(),
        count,
        nulls,
        distinct(),
        count == 0 ? null : values(),
        distribution(),
        frequentValues(frequent),
        frequentAt == 0);
  }

  final long count() {
    return count;
  }

  /** What distinct values are counted of; empty where nothing is asked. */
  Optional<String> countedAs() {
    return Optional.of(dialect.isComparable(column) ? name : dialect.expression(column));
  }

  /** The value as the text that frequent values are stated by; empty where none are. */
  Optional<String> frequentText() {
    return Optional.empty();
  }

  /** A frequent value as a row-by-row scan would state it. */
  String canonical(String text) {
    return text;
  }

  abstract void selectMore(PushdownSelect select);

  abstract void readMore(ResultSet row) throws SQLException;

  abstract ComputedColumn.@Nullable Values values();

  @Nullable Distribution distribution() {
    return null;
  }

  @Nullable Distinct distinct() {
    return distinct < 0
        ? null
        : new Distinct(
            distinct, request.exactDistinct() || count == 0 ? 0 : dialect.distinctError());
  }

  List<Frequent> frequentValues(List<Frequent> found) {
    return found;
  }

  private List<Frequent> canonical(List<Frequent> found) {
    return found.stream().map(each -> new Frequent(canonical(each.text()), each.count())).toList();
  }
}
