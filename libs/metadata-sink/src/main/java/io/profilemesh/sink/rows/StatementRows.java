package io.profilemesh.sink.rows;

import io.profilemesh.metadata.months.MonthlyTable;
import io.profilemesh.metadata.months.Months;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.SourceStatement;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Statements that runs ran on their sources, in the query history. A statement's id and time come
 * from its record, so that one read twice leaves one row.
 */
final class StatementRows {

  private static final String NOBODY = "nobody";

  private static final String INSERT =
      """
      INSERT INTO profilemesh_query_history (started_at, query_id, actor, actor_kind, kind, route,
        text, status, tables, rows_read, bytes, duration_ms, completed_at, error_type, error_text,
        run_id, dataset_name, source, schema_name, executions)
      VALUES (?, ?, ?, 'profiler', 'statement', ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (started_at, query_id) DO NOTHING
      """;

  private StatementRows() {}

  /** Makes the months that the statements need. */
  static void prepare(Connection connection, List<RecordRow<RunEvent>> records)
      throws SQLException {
    List<Instant> starts = new ArrayList<>();
    for (RecordRow<RunEvent> row : records) {
      row.record().getStatements().forEach(one -> starts.add(one.getStartedAt()));
    }
    Months.add(connection, List.of(MonthlyTable.QUERY_HISTORY), starts);
  }

  /** Writes the statements that events tell of; gives their number. */
  static int write(Connection connection, List<RecordRow<RunEvent>> records) throws SQLException {
    Map<String, Statement> statements = new TreeMap<>();
    for (RecordRow<RunEvent> row : records) {
      List<SourceStatement> ran = row.record().getStatements();
      for (int i = 0; i < ran.size(); i++) {
        Statement statement = new Statement(row.record(), i, ran.get(i));
        statements.put(statement.id(), statement);
      }
    }
    Rows.write(connection, INSERT, statements.values(), StatementRows::bind);
    return statements.size();
  }

  private static void bind(Row row, Statement statement) throws SQLException {
    RunEvent event = statement.event;
    SourceStatement ran = statement.ran;
    String requester = event.getRequester();
    String schema = event.getSchemaName();
    Long bytes = ran.getBytes();
    row.instant(ran.getStartedAt())
        .run(statement.id())
        .text(requester == null || requester.isEmpty() ? NOBODY : requester)
        .word(ran.getKind())
        .text(ran.getText())
        .texts(
            List.of(schema.isEmpty() ? event.getTableName() : schema + "." + event.getTableName()))
        .number(ran.getRows())
        .number(bytes == null ? Long.valueOf(0) : bytes)
        .number((Double) (double) ran.getDurationMs())
        .instant(ran.getEndedAt())
        .text(ran.getCompleted() ? null : event.getCode())
        .text(ran.getCompleted() ? null : event.getMessage())
        .run(event.getRunId())
        .text(event.getDatasetId())
        .text(event.getSource())
        .text(schema)
        .number((Integer) ran.getExecutions());
  }

  /**
   * A statement of a run.
   *
   * @param number its place in the record, from 0
   */
  private record Statement(RunEvent event, int number, SourceStatement ran) {

    String id() {
      String name =
          String.join(
              "\n",
              event.getRunId(),
              event.getDatasetId(),
              Integer.toString(event.getAttempt()),
              Integer.toString(number));
      return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
  }
}
