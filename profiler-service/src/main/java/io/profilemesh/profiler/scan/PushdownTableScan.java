package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.SampleScope;
import io.profilemesh.profiler.dialect.PushdownDialect;
import io.profilemesh.profiler.dialect.SourceColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets the source compute the profile: one statement per group of columns, a second one for the
 * bins of their histograms, and one per column for frequent values where the engine has no function
 * for them. Each statement sees its own moment of the table; counts and shares of a column are from
 * one. Safe for use by many threads.
 */
public final class PushdownTableScan extends JdbcScan {

  /** Keeps statements well below what engines take. */
  static final int COLUMNS_AT_ONCE = 40;

  private final PushdownDialect dialect;

  /**
   * @param clock tells when a scan begins and ends, and what lies in the future
   */
  public PushdownTableScan(PushdownDialect dialect, Clock clock) {
    super(dialect, clock);
    this.dialect = dialect;
  }

  @Override
  ScanResult read(ScanRequest request, JdbcSession session, ProgressMeter meter)
      throws SQLException {
    Instant startedAt = clock().instant();
    if (!isUnchanged(request.table(), session)) {
      return ScanChecks.vanished(request);
    }
    Rows rows = Rows.of(dialect, request);
    List<PushdownColumn> columns = columns(request, startedAt);
    long count = columns.isEmpty() ? ask(List.of(), rows, session, meter) : 0;
    for (int from = 0; from < columns.size(); from += COLUMNS_AT_ONCE) {
      int to = Math.min(columns.size(), from + COLUMNS_AT_ONCE);
      long counted = ask(columns.subList(from, to), rows, session, meter);
      count = from == 0 ? counted : count;
      meter.add(from == 0 ? counted : 0, 0);
    }
    ScanFacts facts =
        new ScanFacts(
            startedAt,
            clock().instant(),
            dialect.snapshot(session.connection()),
            count,
            meter.bytes(),
            request.sampling(),
            request.slice(),
            ScanFacts.Strategy.PUSHDOWN);
    SampleScope scope = ScanChecks.scope(request.sampling(), 1, count);
    ProfileAssembly assembly =
        new ProfileAssembly(request, request.table(), List.of(), null, scope, Map.of());
    List<ColumnProfile> profiles = new ArrayList<>();
    for (PushdownColumn column : columns) {
      profiles.add(column.computed().profile(assembly.settings(column.column.name())));
    }
    return new ScanResult.Completed(assembly.assemble(profiles, count, facts), facts);
  }

  private List<PushdownColumn> columns(ScanRequest request, Instant now) {
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    List<PushdownColumn> columns = new ArrayList<>();
    for (SourceColumn column : request.table().columns()) {
      if (request.columns().contains(column.name())) {
        columns.add(PushdownColumn.of(dialect, column, request, micros));
      }
    }
    return columns;
  }

  /** Asks for a group of columns; answers the rows there were. */
  private long ask(
      List<PushdownColumn> columns, Rows rows, JdbcSession session, ProgressMeter meter)
      throws SQLException {
    PushdownSelect select = new PushdownSelect();
    int countAt = select.add("COUNT(*)");
    columns.forEach(column -> column.select(select));
    long[] count = new long[1];
    query(
        session,
        meter,
        select.sql(rows.sql()),
        answer -> {
          next(answer);
          count[0] = answer.getLong(countAt);
          for (PushdownColumn column : columns) {
            column.read(answer, count[0]);
          }
        });
    PushdownSelect bins = new PushdownSelect();
    columns.forEach(column -> column.selectBins(bins));
    if (!bins.isEmpty()) {
      query(
          session,
          meter,
          bins.sql(rows.sql()),
          answer -> {
            next(answer);
            for (PushdownColumn column : columns) {
              column.readBins(answer);
            }
          });
    }
    for (PushdownColumn column : columns) {
      Optional<String> frequent = column.frequentStatement(rows.sql(), rows.filtered());
      if (frequent.isPresent()) {
        query(session, meter, frequent.get(), column::readFrequent);
      }
    }
    session.check();
    return count[0];
  }

  private static void query(
      JdbcSession session, ProgressMeter meter, String sql, JdbcSession.Rows reader)
      throws SQLException {
    meter.timed(
        RanStatement.Kind.COMPUTE,
        sql,
        () -> {
          session.query(sql, reader);
          return sql;
        });
  }

  private static void next(ResultSet answer) throws SQLException {
    if (!answer.next()) {
      throw new SQLException("an aggregate has one row", "02000");
    }
  }

  /**
   * The rows that are computed over.
   *
   * @param sql from FROM on
   * @param filtered whether it ends with a condition
   */
  private record Rows(String sql, boolean filtered) {
    static Rows of(PushdownDialect dialect, ScanRequest request) {
      JdbcQuery query = new JdbcQuery(dialect, request, List.of());
      return request.sampling().rowLimit() == null
          ? new Rows(query.rows(), query.isFiltered())
          : new Rows(" FROM (SELECT *" + query.rows() + ") some_rows", false);
    }
  }
}
