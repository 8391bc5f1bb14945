package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.ComputedColumn;
import io.profilemesh.core.profile.ComputedColumn.Distribution;
import io.profilemesh.core.profile.TemporalAccumulator;
import io.profilemesh.profiler.dialect.JdbcEncoding;
import io.profilemesh.profiler.dialect.PushdownDialect;
import io.profilemesh.profiler.dialect.SourceColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A column of dates or times, computed with as whole numbers of days or microseconds. */
final class PushdownMoments extends PushdownColumn {

  private static final double MILLIS_PER_DAY = 86_400_000;
  private static final double MILLIS_PER_MICRO = 0.001;
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private final TemporalAccumulator.Kind kind;
  private final String number;
  private final double unit;
  private final long now;
  private final PushdownSpread spread;
  private int earliestAt;
  private int latestAt;
  private int futureAt;
  private ComputedColumn.@Nullable Moments moments;

  PushdownMoments(
      PushdownDialect dialect, SourceColumn column, ScanRequest request, long nowMicros) {
    super(dialect, column, request);
    this.kind = kind((JdbcEncoding) column.encoding());
    boolean days = kind == TemporalAccumulator.Kind.DATE;
    this.number = dialect.expression(column);
    this.unit = days ? MILLIS_PER_DAY : MILLIS_PER_MICRO;
    this.now = days ? Math.floorDiv(nowMicros, MICROS_PER_DAY) : nowMicros;
    this.spread = new PushdownSpread(dialect, number, request.histogramBins());
  }

  private static TemporalAccumulator.Kind kind(JdbcEncoding encoding) {
    return switch (encoding) {
      case DATE_AS_DAYS -> TemporalAccumulator.Kind.DATE;
      case TIME_AS_MICROS -> TemporalAccumulator.Kind.TIME;
      case INSTANT_AS_MICROS -> TemporalAccumulator.Kind.TIMESTAMP_WITH_ZONE;
      default -> TemporalAccumulator.Kind.TIMESTAMP;
    };
  }

  @Override
  Optional<String> frequentText() {
    return Optional.of(dialect.asText(number));
  }

  @Override
  String canonical(String text) {
    try {
      return TemporalAccumulator.textOf(kind, Long.parseLong(text));
    } catch (NumberFormatException e) {
      return text;
    }
  }

  @Override
  void selectMore(PushdownSelect select) {
    earliestAt = select.add("MIN(" + number + ")");
    latestAt = select.add("MAX(" + number + ")");
    futureAt = select.countIf(number + " > " + now);
    spread.select(select);
  }

  @Override
  void readMore(ResultSet row) throws SQLException {
    double earliest = row.getLong(earliestAt);
    double latest = row.getLong(latestAt);
    moments =
        new ComputedColumn.Moments(
            earliest * unit,
            latest * unit,
            row.getLong(futureAt),
            kind == TemporalAccumulator.Kind.TIME);
    spread.read(row, earliest, latest, count());
  }

  @Override
  void selectBins(PushdownSelect select) {
    spread.selectBins(select);
  }

  @Override
  void readBins(ResultSet row) throws SQLException {
    spread.readBins(row);
  }

  @Override
  ComputedColumn.@Nullable Values values() {
    return moments;
  }

  @Override
  @Nullable Distribution distribution() {
    return spread.distribution(unit);
  }
}
