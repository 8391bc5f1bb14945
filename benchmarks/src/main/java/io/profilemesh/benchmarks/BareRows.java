package io.profilemesh.benchmarks;

import io.profilemesh.sink.rebuild.DerivedTables;
import io.profilemesh.stack.PostgresEndpoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Writes rows that are there already, as values in memory, into the same tables: what storing them
 * costs when nothing has to be decoded, checked, merged or remembered. Reads them out of the tables
 * first, in as many batches as the sink took.
 */
final class BareRows {

  private static final String COLUMNS =
      """
      SELECT quote_ident(a.attname), format_type(a.atttypid, NULL)
        FROM pg_attribute a
       WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped
         AND a.attgenerated = ''
       ORDER BY a.attnum
      """;

  private final PostgresEndpoint database;
  private final List<Table> tables;

  private BareRows(PostgresEndpoint database, List<Table> tables) {
    this.database = database;
    this.tables = tables;
  }

  /** The rows that the tables hold now, in batches. */
  static BareRows read(PostgresEndpoint database, int batches) throws SQLException, IOException {
    List<Table> tables = new ArrayList<>();
    try (Connection connection = database.connect()) {
      for (String name : DerivedTables.ALL) {
        Table table = Table.read(connection, name, batches);
        if (!table.rows.isEmpty()) {
          tables.add(table);
        }
      }
    }
    return new BareRows(database, tables);
  }

  /** Empties every table that records become rows of. */
  static void empty(PostgresEndpoint database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "TRUNCATE " + String.join(", ", DerivedTables.ALL) + ", profilemesh_sink_progress");
      statement.execute("CHECKPOINT");
    }
  }

  /** Seconds to insert all rows, a transaction per batch, many rows per statement. */
  double insert(int batches) throws SQLException {
    try (Connection connection = DurableDatabase.connect(database)) {
      connection.setAutoCommit(false);
      long start = System.nanoTime();
      for (int batch = 0; batch < batches; batch++) {
        for (Table table : tables) {
          table.insert(connection, batch, batches);
        }
        connection.commit();
      }
      return (System.nanoTime() - start) / 1e9;
    }
  }

  /** Seconds to copy all rows in as prepared text, a transaction per batch. */
  double copy(int batches) throws SQLException, IOException {
    try (Connection connection = DurableDatabase.connect(database)) {
      connection.setAutoCommit(false);
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      long start = System.nanoTime();
      for (int batch = 0; batch < batches; batch++) {
        for (Table table : tables) {
          copy.copyIn(table.copyIn(), new ByteArrayInputStream(table.texts.get(batch)));
        }
        connection.commit();
      }
      return (System.nanoTime() - start) / 1e9;
    }
  }

  /** Rows in all. */
  int rows() {
    return tables.stream().mapToInt(table -> table.rows.size()).sum();
  }

  private record Table(
      String name,
      List<String> columns,
      List<String> types,
      List<@Nullable Object[]> rows,
      List<byte[]> texts) {

    static Table read(Connection connection, String name, int batches)
        throws SQLException, IOException {
      List<String> columns = new ArrayList<>();
      List<String> types = new ArrayList<>();
      try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
        statement.setString(1, name);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            columns.add(rows.getString(1));
            types.add(rows.getString(2));
          }
        }
      }
      Table table = new Table(name, columns, types, new ArrayList<>(), new ArrayList<>());
      table.readRows(connection);
      table.readTexts(connection, batches);
      return table;
    }

    private void readRows(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT " + list() + " FROM " + name)) {
        while (rows.next()) {
          @Nullable Object[] values = new @Nullable Object[columns.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = value(rows, i);
          }
          this.rows.add(values);
        }
      }
    }

    private @Nullable Object value(ResultSet rows, int column) throws SQLException {
      String type = types.get(column);
      if (type.endsWith("[]")) {
        Array array = rows.getArray(column + 1);
        return array == null ? null : array.getArray();
      }
      return type.equals("jsonb") ? rows.getString(column + 1) : rows.getObject(column + 1);
    }

    private void readTexts(Connection connection, int batches) throws SQLException, IOException {
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      for (int batch = 0; batch < batches; batch++) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        copy.copyOut(
            "COPY (SELECT %s FROM %s OFFSET %d LIMIT %d) TO STDOUT"
                .formatted(
                    list(),
                    name,
                    from(batch, batches),
                    from(batch + 1, batches) - from(batch, batches)),
            text);
        texts.add(text.toByteArray());
      }
    }

    private int from(int batch, int batches) {
      return (int) ((long) rows.size() * batch / batches);
    }

    private String list() {
      return String.join(", ", columns);
    }

    String copyIn() {
      return "COPY " + name + " (" + list() + ") FROM STDIN";
    }

    void insert(Connection connection, int batch, int batches) throws SQLException {
      String values =
          types.stream()
              .map(type -> type.equals("jsonb") ? "?::jsonb" : "?")
              .collect(Collectors.joining(", "));
      String sql = "INSERT INTO " + name + " (" + list() + ") VALUES (" + values + ")";
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (@Nullable Object[] row :
            rows.subList(from(batch, batches), from(batch + 1, batches))) {
          for (int i = 0; i < row.length; i++) {
            bind(connection, statement, i, row[i]);
          }
          statement.addBatch();
        }
        statement.executeBatch();
      }
    }

    private void bind(
        Connection connection, PreparedStatement statement, int column, @Nullable Object value)
        throws SQLException {
      String type = types.get(column);
      if (value != null && type.endsWith("[]")) {
        String element = type.substring(0, type.length() - 2);
        statement.setArray(
            column + 1,
            connection.createArrayOf(
                element.equals("double precision") ? "float8" : element, (Object[]) value));
      } else if (value == null) {
        statement.setNull(column + 1, java.sql.Types.NULL);
      } else {
        statement.setObject(column + 1, value);
      }
    }
  }
}
