package io.profilemesh.query.history;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Conditions of a question with their values, which travel as parameters, never as text. */
public final class Where {

  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  /** A condition without values; the text is ours. */
  public Where and(String condition) {
    conditions.add(condition);
    return this;
  }

  /** A condition with values for its placeholders, in order; the text is ours. */
  public Where and(String condition, Object... parameters) {
    conditions.add(condition);
    values.addAll(List.of(parameters));
    return this;
  }

  /** Equality, unless there is nothing to compare with. */
  public Where equal(String column, @Nullable Object value) {
    return value == null ? this : and(column + " = ?", value);
  }

  /** From an instant on, unless there is none. */
  public Where from(String column, @Nullable Instant from) {
    return from == null ? this : and(column + " >= ?", from);
  }

  /** Before an instant, unless there is none. */
  public Where before(String column, @Nullable Instant to) {
    return to == null ? this : and(column + " < ?", to);
  }

  /** One of several texts, unless there are none. */
  public Where anyOf(String column, @Nullable List<String> texts) {
    return texts == null ? this : and(column + " = ANY (?)", texts);
  }

  /** The clause, empty without conditions. */
  String sql() {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  /** Binds the values; gives the number of the next parameter. */
  int bind(PreparedStatement statement) throws SQLException {
    return bind(statement, 1);
  }

  /** Binds the values from a parameter on; gives the number of the next. */
  int bind(PreparedStatement statement, int first) throws SQLException {
    int index = first;
    for (Object value : values) {
      bind(statement, index++, value);
    }
    return index;
  }

  /** The same conditions, apart from these. */
  public Where copy() {
    Where copy = new Where();
    copy.conditions.addAll(conditions);
    copy.values.addAll(values);
    return copy;
  }

  /** Binds one value. */
  static void bind(PreparedStatement statement, int index, Object value) throws SQLException {
    if (value instanceof Instant instant) {
      statement.setObject(index, instant.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
    } else if (value instanceof UUID uuid) {
      statement.setObject(index, uuid);
    } else if (value instanceof List<?> texts) {
      statement.setArray(index, statement.getConnection().createArrayOf("text", texts.toArray()));
    } else {
      statement.setString(index, value.toString());
    }
  }
}
