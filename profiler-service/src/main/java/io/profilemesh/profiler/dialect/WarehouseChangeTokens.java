package io.profilemesh.profiler.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** What warehouses say of tables in tables of their own, which cost nothing to read. */
final class WarehouseChangeTokens implements ChangeTokens {

  /** A change shows when it is committed; the clocks that stamp it are not ours. */
  private static final Duration MARGIN = Duration.ofSeconds(60);

  private final UnaryOperator<String> statementOfSchema;
  private final boolean oneForAll;
  private final String whyNoToken;

  private WarehouseChangeTokens(
      UnaryOperator<String> statementOfSchema, boolean oneForAll, String whyNoToken) {
    this.statementOfSchema = statementOfSchema;
    this.oneForAll = oneForAll;
    this.whyNoToken = whyNoToken;
  }

  /** The time of the last change of data or definition. */
  static WarehouseChangeTokens ofSnowflake() {
    return new WarehouseChangeTokens(
        schema ->
            "SELECT table_schema, table_name,"
                + " CASE WHEN table_type = 'BASE TABLE'"
                + " THEN CAST(created AS VARCHAR) || '/' || CAST(last_altered AS VARCHAR) END,"
                + " row_count, bytes FROM information_schema.tables",
        true,
        "Only tables of Snowflake's own have a time of their last change.");
  }

  /** The time of the last change; rows of a stream count when they leave its buffer. */
  static WarehouseChangeTokens ofBigQuery(UnaryOperator<String> quote) {
    return new WarehouseChangeTokens(
        schema ->
            "SELECT dataset_id, table_id,"
                + " CASE WHEN type = 1"
                + " THEN CONCAT(CAST(creation_time AS STRING), '/',"
                + " CAST(last_modified_time AS STRING)) END,"
                + " row_count, size_bytes FROM "
                + quote.apply(schema)
                + ".__TABLES__",
        false,
        "Only tables of BigQuery's own have a time of their last change.");
  }

  /**
   * Rows and megabytes only: after an update and the vacuum that follows it by itself both are what
   * they were, and so they cannot tell that nothing has changed.
   */
  static WarehouseChangeTokens ofRedshift() {
    return new WarehouseChangeTokens(
        schema ->
            "SELECT \"schema\", \"table\", NULL, estimated_visible_rows, size * 1048576"
                + " FROM svv_table_info",
        true,
        "Redshift keeps no sign that moves with every change of a table.");
  }

  @Override
  public Duration quietMargin() {
    return MARGIN;
  }

  @Override
  public Map<TableRef, TableLook> look(Connection connection, Collection<TableRef> tables)
      throws SQLException {
    Map<String, Map<String, TableRef>> wanted = new HashMap<>();
    for (TableRef table : tables) {
      wanted.computeIfAbsent(table.schema(), schema -> new HashMap<>()).put(table.table(), table);
    }
    Map<TableRef, TableLook> looks = new HashMap<>();
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements(wanted.keySet())) {
        try (ResultSet row = statement.executeQuery(sql)) {
          while (row.next()) {
            TableRef table = wanted.getOrDefault(row.getString(1), Map.of()).get(row.getString(2));
            if (table != null) {
              looks.put(table, look(row));
            }
          }
        }
      }
    }
    // Views have no entry there, and are there all the same.
    for (TableRef table : tables) {
      looks.putIfAbsent(table, TableLook.without(whyNoToken, null, null));
    }
    return looks;
  }

  private List<String> statements(Collection<String> schemas) {
    List<String> statements = new ArrayList<>();
    for (String schema : new TreeSet<>(schemas)) {
      statements.add(statementOfSchema.apply(schema));
      if (oneForAll) {
        break;
      }
    }
    return statements;
  }

  private TableLook look(ResultSet row) throws SQLException {
    String token = row.getString(3);
    long counted = row.getLong(4);
    Long rows = row.wasNull() ? null : Long.valueOf(counted);
    long size = row.getLong(5);
    Long bytes = row.wasNull() ? null : Long.valueOf(size);
    return token == null
        ? TableLook.without(whyNoToken, rows, bytes)
        : TableLook.of(token, rows, bytes);
  }
}
