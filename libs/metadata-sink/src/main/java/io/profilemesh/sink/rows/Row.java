package io.profilemesh.sink.rows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The values of one row, bound in the order of the statement's columns. Every value may be null.
 */
final class Row {

  private final Connection connection;
  private final PreparedStatement statement;
  private int column;

  Row(Connection connection, PreparedStatement statement) {
    this.connection = connection;
    this.statement = statement;
  }

  /** Ends this row and begins the next one of the batch. */
  void end() throws SQLException {
    statement.addBatch();
    column = 0;
  }

  Row text(@Nullable String value) throws SQLException {
    statement.setString(++column, StorableText.ofNullable(value));
    return this;
  }

  Row word(@Nullable Enum<?> value) throws SQLException {
    statement.setString(++column, Words.ofNullable(value));
    return this;
  }

  Row texts(@Nullable List<? extends @Nullable String> values) throws SQLException {
    column++;
    if (values == null) {
      statement.setNull(column, Types.ARRAY);
    } else {
      @Nullable String[] texts = new @Nullable String[values.size()];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = StorableText.ofNullable(values.get(i));
      }
      statement.setArray(column, connection.createArrayOf("text", texts));
    }
    return this;
  }

  Row numbers(@Nullable Double @Nullable [] values) throws SQLException {
    column++;
    if (values == null) {
      statement.setNull(column, Types.ARRAY);
    } else {
      statement.setArray(column, connection.createArrayOf("float8", values));
    }
    return this;
  }

  Row run(@Nullable String runId) throws SQLException {
    statement.setObject(
        ++column, runId == null || runId.isEmpty() ? null : UUID.fromString(runId), Types.OTHER);
    return this;
  }

  Row instant(@Nullable Instant value) throws SQLException {
    statement.setObject(
        ++column,
        value == null ? null : value.atOffset(ZoneOffset.UTC),
        Types.TIMESTAMP_WITH_TIMEZONE);
    return this;
  }

  Row number(@Nullable Long value) throws SQLException {
    statement.setObject(++column, value, Types.BIGINT);
    return this;
  }

  Row number(@Nullable Integer value) throws SQLException {
    statement.setObject(++column, value, Types.INTEGER);
    return this;
  }

  Row number(@Nullable Double value) throws SQLException {
    statement.setObject(++column, value, Types.DOUBLE);
    return this;
  }

  Row flag(@Nullable Boolean value) throws SQLException {
    statement.setObject(++column, value, Types.BOOLEAN);
    return this;
  }

  Row bytes(byte[] value) throws SQLException {
    statement.setBytes(++column, value);
    return this;
  }

  Row bytes(List<byte[]> values) throws SQLException {
    statement.setArray(++column, connection.createArrayOf("bytea", values.toArray(new byte[0][])));
    return this;
  }

  /** JSON text; the statement casts it. */
  Row json(@Nullable String value) throws SQLException {
    statement.setString(++column, value);
    return this;
  }
}
