package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.AccumulatorSettings;
import io.profilemesh.core.profile.ColumnAccumulator;
import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.SampleScope;
import io.profilemesh.profiler.dialect.JdbcDialect;
import io.profilemesh.profiler.dialect.JdbcEncoding;
import io.profilemesh.profiler.dialect.SourceColumn;
import io.profilemesh.profiler.dialect.TableDescription;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Scans a table through JDBC, on one connection in one transaction. Where an engine stores values
 * that the declared type of their column cannot hold, those columns are read once more, as a wider
 * type. Safe for use by many threads.
 */
public final class JdbcTableScan extends JdbcScan {

  private final JdbcDialect dialect;

  /**
   * @param clock tells when a scan begins and ends, and what lies in the future
   */
  public JdbcTableScan(JdbcDialect dialect, Clock clock) {
    super(dialect, clock);
    this.dialect = dialect;
  }

  @Override
  ScanResult read(ScanRequest request, JdbcSession session, ProgressMeter meter)
      throws SQLException {
    Instant startedAt = clock().instant();
    TableDescription asked = request.table();
    if (!isUnchanged(asked, session)) {
      return ScanChecks.vanished(request);
    }
    List<SourceColumn> columns =
        asked.columns().stream()
            .filter(column -> request.columns().contains(column.name()))
            .toList();
    AccumulatorSettings settings =
        AccumulatorSettings.forColumns(columns.size(), request.hasher(), startedAt);
    Reading reading = new Reading(request, session, settings, columns);
    reading.readAll(meter);
    OptionalLong bytes = dialect.bytes(session.connection(), asked.table());
    ScanFacts facts =
        new ScanFacts(
            startedAt,
            clock().instant(),
            dialect.snapshot(session.connection()),
            reading.rows,
            meter.bytes(),
            request.sampling(),
            request.slice());
    SampleScope scope = ScanChecks.scope(request.sampling(), 1, reading.rows);
    TableDescription table = asReadBy(asked, reading.columns);
    return new ScanResult.Completed(
        new ProfileAssembly(
                request,
                table,
                reading.columns,
                bytes.isPresent() ? Long.valueOf(bytes.getAsLong()) : null,
                scope,
                reading.distinctCounts(meter))
            .assemble(
                new RangeScan.Outcome(reading.rows, Arrays.asList(reading.accumulators)), facts),
        facts);
  }

  private static TableDescription asReadBy(TableDescription asked, List<SourceColumn> read) {
    List<SourceColumn> columns = new ArrayList<>(asked.columns());
    for (SourceColumn column : read) {
      columns.set(column.definition().ordinal() - 1, column);
    }
    return new TableDescription(asked.table(), columns, asked.estimatedRows(), asked.comment());
  }

  /** The passes over one table until every column has an encoding that holds all of its values. */
  private final class Reading {
    private final ScanRequest request;
    private final JdbcSession session;
    private final AccumulatorSettings settings;
    private final List<SourceColumn> columns;
    private final ColumnAccumulator[] accumulators;
    private long rows;

    Reading(
        ScanRequest request,
        JdbcSession session,
        AccumulatorSettings settings,
        List<SourceColumn> columns) {
      this.request = request;
      this.session = session;
      this.settings = settings;
      this.columns = new ArrayList<>(columns);
      this.accumulators = new ColumnAccumulator[columns.size()];
    }

    void readAll(ProgressMeter meter) throws SQLException {
      BitSet open = new BitSet();
      open.set(0, columns.size());
      rows = read(open, meter);
      while (!open.isEmpty()) {
        open.stream().forEach(i -> columns.set(i, wider(columns.get(i))));
        read(open, meter.apart());
      }
    }

    /** What the source is to count, since the dictionaries were too small for it. */
    Map<ColumnName, Long> distinctCounts(ProgressMeter meter) throws SQLException {
      Map<ColumnName, Long> counts = new HashMap<>();
      if (request.exactDistinct()) {
        for (int i = 0; i < accumulators.length; i++) {
          SourceColumn column = columns.get(i);
          if (!accumulators[i].countsDistinctExactly()) {
            counts.put(column.name(), count(column, meter));
          }
        }
      }
      return counts;
    }

    private long count(SourceColumn column, ProgressMeter meter) throws SQLException {
      String sql = new JdbcQuery(dialect, request, columns).countDistinct(column);
      return meter.timed(
          RanStatement.Kind.COUNT,
          sql,
          () -> {
            long[] count = new long[1];
            session.query(
                sql,
                row -> {
                  row.next();
                  count[0] = row.getLong(1);
                });
            return count[0];
          });
    }

    /** Reads some columns; those that do not fit stay open. */
    private long read(BitSet open, ProgressMeter meter) throws SQLException {
      int[] places = open.stream().toArray();
      List<SourceColumn> some = Arrays.stream(places).mapToObj(columns::get).toList();
      JdbcPass pass =
          new JdbcPass(
              new JdbcQuery(dialect, request, some),
              session,
              some,
              settings,
              request.sampling(),
              meter);
      BitSet misfits = pass.run();
      for (int i = 0; i < places.length; i++) {
        if (!misfits.get(i)) {
          accumulators[places[i]] = pass.accumulator(i);
          open.clear(places[i]);
        }
      }
      return pass.rows();
    }

    private SourceColumn wider(SourceColumn column) {
      JdbcEncoding encoding = ((JdbcEncoding) column.encoding()).wider().orElseThrow();
      ColumnDefinition declared = column.definition();
      return new SourceColumn(
          new ColumnDefinition(
              declared.name(),
              declared.ordinal(),
              declared.dataType(),
              encoding.type(),
              declared.nullable(),
              declared.description()),
          encoding);
    }
  }
}
