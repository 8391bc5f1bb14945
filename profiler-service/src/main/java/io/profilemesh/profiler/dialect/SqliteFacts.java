package io.profilemesh.profiler.dialect;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.profiler.dialect.ColumnFacts.Constraint;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What SQLite's pragmas say of a table beyond its columns and rows. */
final class SqliteFacts {

  private static final String TABLE =
      """
      SELECT t.wr, t.strict, (SELECT d.file FROM pragma_database_list d WHERE d.name = 'main'),
        CASE WHEN t.type = 'virtual'
          THEN (SELECT m.sql FROM main.sqlite_master m WHERE m.name = t.name) END
      FROM pragma_table_list t WHERE t.schema = 'main' AND t.name = ?
      """;
  private static final String COLUMNS =
      "SELECT name, dflt_value, pk FROM pragma_table_xinfo(?, 'main') WHERE hidden <> 1";
  private static final String INDEXES =
      """
      SELECT l.name, l.origin, i.name FROM pragma_index_list(?, 'main') l
      JOIN pragma_index_info(l.name, 'main') i ORDER BY l.seq DESC, i.seqno
      """;
  private static final String FOREIGN_KEYS =
      """
      SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(?, 'main') ORDER BY id, seq
      """;
  private static final Pattern MODULE =
      Pattern.compile("\\bUSING\\s+(\\w+)", Pattern.CASE_INSENSITIVE);

  private final Connection connection;

  SqliteFacts(Connection connection) {
    this.connection = connection;
  }

  TableFacts of(TableDescription table) throws SQLException {
    String name = table.table().table();
    TableFacts.Builder facts = TableFacts.of(table);
    boolean view = table.table().kind() == RelationKind.VIEW;
    each(
        TABLE,
        name,
        row -> {
          String module = module(row.getString(4));
          String rows = row.getBoolean(1) ? "without rowid" : "rowid";
          facts
              .storageFormat(view ? null : module == null ? rows : module)
              .location(view ? null : fileName(row.getString(3)))
              .property("strict", row.getBoolean(2) ? "true" : null);
        });
    return facts.columns(columns(name)).build();
  }

  private List<ColumnFacts> columns(String table) throws SQLException {
    Set<String> indexed = new HashSet<>();
    Map<String, List<Constraint>> constraints = new HashMap<>();
    unique(table, indexed, constraints);
    foreignKeys(table, constraints);
    List<ColumnFacts> columns = new ArrayList<>();
    each(
        COLUMNS,
        table,
        row -> {
          String name = row.getString(1);
          boolean key = row.getInt(3) > 0;
          columns.add(
              new ColumnFacts(
                  new ColumnName(name),
                  row.getString(2),
                  key,
                  key || indexed.contains(name),
                  constraints.getOrDefault(name, List.of())));
        });
    return columns;
  }

  private void unique(String table, Set<String> indexed, Map<String, List<Constraint>> constraints)
      throws SQLException {
    Map<String, List<String>> unique = new LinkedHashMap<>();
    each(
        INDEXES,
        table,
        row -> {
          String column = row.getString(3);
          // An index may be on an expression, which has no name.
          if (column != null) {
            indexed.add(column);
            if ("u".equals(row.getString(2))) {
              unique.computeIfAbsent(row.getString(1), index -> new ArrayList<>()).add(column);
            }
          }
        });
    unique.values().forEach(columns -> add("UNIQUE " + list(columns), columns, constraints));
  }

  private void foreignKeys(String table, Map<String, List<Constraint>> constraints)
      throws SQLException {
    Map<Integer, ForeignKey> keys = new LinkedHashMap<>();
    each(
        FOREIGN_KEYS,
        table,
        row -> {
          String target = row.getString(2);
          ForeignKey key =
              keys.computeIfAbsent(
                  row.getInt(1),
                  id -> new ForeignKey(new ArrayList<>(), target, new ArrayList<>()));
          key.from.add(row.getString(3));
          String to = row.getString(4);
          if (to != null) {
            key.to.add(to);
          }
        });
    keys.values().forEach(key -> add(key.sql(), key.from, constraints));
  }

  private record ForeignKey(List<String> from, String target, List<String> to) {

    /** The other table's primary key is meant where no columns are named. */
    String sql() {
      return "FOREIGN KEY "
          + list(from)
          + " REFERENCES "
          + Identifiers.doubleQuoted(target)
          + (to.isEmpty() ? "" : " " + list(to));
    }
  }

  private static void add(
      String sql, List<String> columns, Map<String, List<Constraint>> constraints) {
    for (String column : columns) {
      constraints
          .computeIfAbsent(column, name -> new ArrayList<>())
          .add(new Constraint(sql, Set.of()));
    }
  }

  private static String list(List<String> names) {
    return names.stream()
        .map(Identifiers::doubleQuoted)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static @Nullable String module(@Nullable String sql) {
    Matcher found = MODULE.matcher(sql == null ? "" : sql);
    return found.find() ? found.group(1) : null;
  }

  private static @Nullable String fileName(@Nullable String file) {
    Path name = file == null || file.isEmpty() ? null : Path.of(file).getFileName();
    return name == null ? null : name.toString();
  }

  private interface Reader {
    void read(ResultSet row) throws SQLException;
  }

  private void each(String sql, String table, Reader reader) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          reader.read(row);
        }
      }
    }
  }
}
