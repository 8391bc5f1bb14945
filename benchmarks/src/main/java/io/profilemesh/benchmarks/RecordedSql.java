package io.profilemesh.benchmarks;

import io.profilemesh.query.history.Question;
import io.profilemesh.query.history.Scope;
import io.profilemesh.query.history.Sight;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements that a question of the query service asks, with their parameters, to be asked
 * again on a bare connection: every column of every row is fetched as text and thrown away.
 */
final class RecordedSql {

  private final List<Statement> statements = new ArrayList<>();

  private record Setting(Method method, Object[] arguments) {}

  private record Statement(String sql, List<Setting> settings) {}

  private RecordedSql() {}

  /** Asks the question once and remembers how. */
  static RecordedSql of(Question<?> question, Connection connection) throws SQLException {
    RecordedSql recorded = new RecordedSql();
    question.ask(new Sight(recorded.watching(connection), Scope.everything()));
    return recorded;
  }

  /** Asks again; gives the milliseconds. */
  double milliseconds(Connection connection) throws SQLException {
    long start = System.nanoTime();
    for (Statement statement : statements) {
      ask(connection, statement);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static void ask(Connection connection, Statement recorded) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(recorded.sql)) {
      for (Setting setting : recorded.settings) {
        call(statement, setting.method, setting.arguments);
      }
      try (ResultSet rows = statement.executeQuery()) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          for (int column = 1; column <= columns; column++) {
            rows.getString(column);
          }
        }
      }
    }
  }

  private Connection watching(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            RecordedSql.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              Object result = call(connection, method, arguments);
              return result instanceof PreparedStatement statement
                  ? watching(statement, (String) arguments[0])
                  : result;
            });
  }

  private PreparedStatement watching(PreparedStatement statement, String sql) {
    List<Setting> settings = new ArrayList<>();
    return (PreparedStatement)
        Proxy.newProxyInstance(
            RecordedSql.class.getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            (proxy, method, arguments) -> {
              if (method.getName().startsWith("set")) {
                settings.add(new Setting(method, arguments));
              } else if (method.getName().equals("executeQuery")) {
                statements.add(new Statement(sql, List.copyOf(settings)));
              }
              return call(statement, method, arguments);
            });
  }

  private static Object call(Object target, Method method, Object[] arguments) throws SQLException {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
