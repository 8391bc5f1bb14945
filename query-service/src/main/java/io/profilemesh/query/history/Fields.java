package io.profilemesh.query.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The current row of an answer, by column name. */
final class Fields {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ResultSet rows;
  private @Nullable Set<String> columns;

  Fields(ResultSet rows) {
    this.rows = rows;
  }

  boolean next() throws SQLException {
    return rows.next();
  }

  String text(String column) throws SQLException {
    String text = rows.getString(column);
    return text == null ? "" : text;
  }

  @Nullable String textOrNull(String column) throws SQLException {
    return rows.getString(column);
  }

  Instant instant(String column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class).toInstant();
  }

  @Nullable Instant instantOrNull(String column) throws SQLException {
    OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  @Nullable Long wholeOrNull(String column) throws SQLException {
    return rows.getObject(column, Long.class);
  }

  @Nullable Integer intOrNull(String column) throws SQLException {
    return rows.getObject(column, Integer.class);
  }

  int number(String column) throws SQLException {
    return rows.getInt(column);
  }

  long whole(String column) throws SQLException {
    return rows.getLong(column);
  }

  double real(String column) throws SQLException {
    return rows.getDouble(column);
  }

  @Nullable Double realOrNull(String column) throws SQLException {
    return rows.getObject(column, Double.class);
  }

  @Nullable Boolean flagOrNull(String column) throws SQLException {
    return rows.getObject(column, Boolean.class);
  }

  /** Whether the answer has such a column: tables of an older version lack some. */
  boolean has(String column) throws SQLException {
    if (columns == null) {
      ResultSetMetaData metadata = rows.getMetaData();
      columns = new HashSet<>();
      for (int i = 1; i <= metadata.getColumnCount(); i++) {
        columns.add(metadata.getColumnLabel(i));
      }
    }
    return columns.contains(column);
  }

  List<String> texts(String column) throws SQLException {
    Array array = rows.getArray(column);
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }

  /** Elements may be null; null where the column is. */
  @Nullable List<@Nullable String> textsOrNull(String column) throws SQLException {
    Array array = rows.getArray(column);
    return array == null ? null : Arrays.asList((String[]) array.getArray());
  }

  /** Elements may be null; null where the column is. */
  @Nullable List<@Nullable Double> realsOrNull(String column) throws SQLException {
    Array array = rows.getArray(column);
    return array == null ? null : Arrays.asList((Double[]) array.getArray());
  }

  @Nullable JsonNode jsonOrNull(String column) throws SQLException {
    String text = rows.getString(column);
    try {
      return text == null ? null : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the database keeps JSON as JSON", e);
    }
  }
}
