package io.profilemesh.sink.store;

import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.Refusal;
import io.profilemesh.sink.rows.RecordRow;
import io.profilemesh.sink.rows.RefusedRecordException;
import io.profilemesh.sink.rows.RowWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Writes records within a transaction and finds those the database refuses: when it refuses a
 * batch, each half is tried on its own, down to single records.
 */
final class BatchStore<T> {

  private final RowWriter<T> writer;
  private final BiConsumer<RecordRow<T>, Refusal> refuse;

  BatchStore(RowWriter<T> writer, BiConsumer<RecordRow<T>, Refusal> refuse) {
    this.writer = writer;
    this.refuse = refuse;
  }

  /** Writes all but the refused; gives the number of rows. */
  int write(Connection connection, List<RecordRow<T>> records) throws SQLException {
    if (records.isEmpty()) {
      return 0;
    }
    Savepoint before = connection.setSavepoint();
    try {
      int rows = writer.write(connection, records);
      connection.releaseSavepoint(before);
      return rows;
    } catch (RefusedRecordException e) {
      connection.rollback(before);
      return withoutCulprit(connection, records, e.refusal());
    } catch (SQLException e) {
      if (DatabaseFault.of(e) != DatabaseFault.DATA) {
        throw e;
      }
      connection.rollback(before);
      return withoutCulprit(connection, records, refusal(e));
    }
  }

  private int withoutCulprit(Connection connection, List<RecordRow<T>> records, Refusal refusal)
      throws SQLException {
    if (records.size() == 1) {
      refuse.accept(records.get(0), refusal);
      return 0;
    }
    int half = records.size() / 2;
    int rows = write(connection, records.subList(0, half));
    return rows + write(connection, records.subList(half, records.size()));
  }

  private static Refusal refusal(SQLException e) {
    return new Refusal(
        ReasonCode.REFUSED_BY_DATABASE,
        "The database refuses the record (SQLSTATE %s)."
            .formatted(DatabaseFault.root(e).getSQLState()));
  }
}
