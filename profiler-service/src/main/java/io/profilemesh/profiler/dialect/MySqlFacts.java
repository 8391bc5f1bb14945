package io.profilemesh.profiler.dialect;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.profiler.dialect.ColumnFacts.Constraint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the information schema of MySQL and MariaDB says of a table beyond its columns and rows. Its
 * comparisons ignore case, so that names are compared once more, with {@code BINARY}.
 */
final class MySqlFacts {

  private static final String THE_TABLE = " = ? AND BINARY table_name = ?";

  private static final String TABLE =
      """
      SELECT engine, row_format, table_collation
      FROM information_schema.tables WHERE table_schema\
      """
          + THE_TABLE;
  private static final String DEFINER =
      "SELECT definer FROM information_schema.views WHERE table_schema" + THE_TABLE;
  private static final String PARTITIONS =
      """
      SELECT partition_method, partition_expression, count(*) FROM information_schema.partitions
      WHERE partition_name IS NOT NULL AND table_schema = ? AND BINARY table_name = ?
      GROUP BY partition_method, partition_expression
      """;
  private static final String COLUMNS =
      """
      SELECT column_name, column_default, extra, column_key, generation_expression
      FROM information_schema.columns WHERE table_schema = ? AND BINARY table_name = ?
      ORDER BY ordinal_position
      """;
  private static final String INDEXED =
      "SELECT DISTINCT column_name FROM information_schema.statistics"
          + " WHERE column_name IS NOT NULL AND table_schema"
          + THE_TABLE;
  private static final String KEYS =
      """
      SELECT c.constraint_name, c.constraint_type, k.column_name, k.referenced_table_schema,
        k.referenced_table_name, k.referenced_column_name
      FROM information_schema.table_constraints c
      JOIN information_schema.key_column_usage k
        ON k.constraint_schema = c.constraint_schema AND k.constraint_name = c.constraint_name
        AND k.table_schema = c.table_schema AND k.table_name = c.table_name
      WHERE c.constraint_type IN ('UNIQUE', 'FOREIGN KEY')
        AND c.table_schema = ? AND BINARY c.table_name = ?
      ORDER BY c.constraint_name, k.ordinal_position
      """;
  private static final String MARIADB_CHECKS =
      "SELECT check_clause FROM information_schema.check_constraints"
          + " WHERE constraint_schema = ? AND BINARY table_name = ? ORDER BY constraint_name";
  private static final String MYSQL_CHECKS =
      """
      SELECT k.check_clause FROM information_schema.table_constraints c
      JOIN information_schema.check_constraints k
        ON k.constraint_schema = c.constraint_schema AND k.constraint_name = c.constraint_name
      WHERE c.constraint_type = 'CHECK' AND c.table_schema = ? AND BINARY c.table_name = ?
      ORDER BY k.constraint_name
      """;

  /** Engines to whose tables people write passwords of other servers as a comment. */
  private static final Set<String> WITH_SECRETS = Set.of("SPIDER", "FEDERATED", "CONNECT");

  /** The first version of MySQL that keeps checks. */
  private static final int KEEPS_CHECKS = 8;

  private final Connection connection;
  private final TableRef table;
  private final boolean mariaDb;

  MySqlFacts(Connection connection, TableRef table) throws SQLException {
    this.connection = connection;
    this.table = table;
    // Either driver reaches either engine.
    this.mariaDb =
        connection
            .getMetaData()
            .getDatabaseProductVersion()
            .toLowerCase(Locale.ROOT)
            .contains("mariadb");
  }

  TableFacts of(TableDescription described) throws SQLException {
    TableFacts.Builder facts = TableFacts.of(described);
    if (table.kind() == RelationKind.VIEW) {
      each(DEFINER, row -> facts.creator(row.getString(1)));
      return facts.build();
    }
    each(
        TABLE,
        row ->
            facts
                .storageFormat(row.getString(1))
                .comment(keepsSecrets(row.getString(1)) ? null : described.comment())
                .property("rowFormat", row.getString(2))
                .property("collation", row.getString(3)));
    each(
        PARTITIONS,
        row ->
            facts
                .partitioning(row.getString(1) + " (" + row.getString(2) + ")")
                .property("partitions", row.getString(3)));
    return facts.columns(columns()).build();
  }

  private static boolean keepsSecrets(@Nullable String engine) {
    return engine != null && WITH_SECRETS.contains(engine.toUpperCase(Locale.ROOT));
  }

  private List<ColumnFacts> columns() throws SQLException {
    Set<String> indexed = new HashSet<>();
    each(INDEXED, row -> indexed.add(row.getString(1)));
    Map<String, List<Constraint>> constraints = constraints();
    List<String> checks = checks();
    List<Declared> declared = new ArrayList<>();
    each(
        COLUMNS,
        row ->
            declared.add(
                new Declared(row.getString(1), defaultOf(row), "PRI".equals(row.getString(4)))));
    for (String check : checks) {
      List<String> named =
          declared.stream()
              .map(Declared::name)
              .filter(name -> check.contains(quote(name)))
              .toList();
      Set<ColumnName> valuesOf = named.stream().map(ColumnName::new).collect(Collectors.toSet());
      named.forEach(
          name ->
              constraints
                  .computeIfAbsent(name, column -> new ArrayList<>())
                  .add(new Constraint("CHECK (" + check + ")", valuesOf)));
    }
    return declared.stream()
        .map(
            one ->
                new ColumnFacts(
                    new ColumnName(one.name),
                    one.defaultValue,
                    one.key,
                    indexed.contains(one.name),
                    constraints.getOrDefault(one.name, List.of())))
        .toList();
  }

  private record Declared(String name, @Nullable String defaultValue, boolean key) {}

  /** MariaDB writes defaults as SQL; MySQL writes literals bare and says which are expressions. */
  private @Nullable String defaultOf(ResultSet row) throws SQLException {
    String value = row.getString(2);
    String extra = String.valueOf(row.getString(3)).toUpperCase(Locale.ROOT);
    String generation = row.getString(5);
    if (generation != null && !generation.isEmpty()) {
      return "GENERATED ALWAYS AS (" + generation + ")";
    }
    if (extra.contains("AUTO_INCREMENT")) {
      return "AUTO_INCREMENT";
    }
    if (value == null || (mariaDb && value.equals("NULL"))) {
      return null;
    }
    boolean expression =
        mariaDb
            || extra.contains("DEFAULT_GENERATED")
            || value.toUpperCase(Locale.ROOT).startsWith("CURRENT_TIMESTAMP");
    return expression ? value : '\'' + value.replace("'", "''") + '\'';
  }

  private Map<String, List<Constraint>> constraints() throws SQLException {
    Map<String, Key> keys = new LinkedHashMap<>();
    each(
        KEYS,
        row -> {
          String target = row.getString(5);
          String other = target == null ? null : quote(row.getString(4)) + "." + quote(target);
          Key key =
              keys.computeIfAbsent(
                  row.getString(2) + " " + row.getString(1),
                  name -> new Key(new ArrayList<>(), other, new ArrayList<>()));
          key.columns.add(row.getString(3));
          if (other != null) {
            key.others.add(row.getString(6));
          }
        });
    Map<String, List<Constraint>> constraints = new HashMap<>();
    for (Key key : keys.values()) {
      for (String column : key.columns) {
        constraints
            .computeIfAbsent(column, name -> new ArrayList<>())
            .add(new Constraint(key.sql(), Set.of()));
      }
    }
    return constraints;
  }

  private record Key(List<String> columns, @Nullable String target, List<String> others) {
    String sql() {
      return target == null
          ? "UNIQUE " + list(columns)
          : "FOREIGN KEY " + list(columns) + " REFERENCES " + target + " " + list(others);
    }
  }

  private List<String> checks() throws SQLException {
    List<String> checks = new ArrayList<>();
    if (mariaDb || connection.getMetaData().getDatabaseMajorVersion() >= KEEPS_CHECKS) {
      each(mariaDb ? MARIADB_CHECKS : MYSQL_CHECKS, row -> checks.add(row.getString(1)));
    }
    return checks;
  }

  private static String quote(String name) {
    return Identifiers.quoted(name, '`');
  }

  private static String list(List<String> names) {
    return names.stream().map(MySqlFacts::quote).collect(Collectors.joining(", ", "(", ")"));
  }

  private interface Reader {
    void read(ResultSet row) throws SQLException;
  }

  private void each(String sql, Reader reader) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table.schema());
      statement.setString(2, table.table());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          reader.read(row);
        }
      }
    }
  }
}
