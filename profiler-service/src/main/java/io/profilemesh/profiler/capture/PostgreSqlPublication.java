package io.profilemesh.profiler.capture;

import io.profilemesh.schema.ReasonCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The publication that says of which tables the log tells. */
final class PostgreSqlPublication {

  private static final String NOT_ALLOWED = "42501";
  private static final int MOST_SHOWN = 3;

  private static final String TABLES =
      "SELECT schemaname, tablename FROM pg_catalog.pg_publication_tables WHERE pubname = ?";
  private static final String OWN =
      "SELECT NOT puballtables AND pg_catalog.pg_has_role(pubowner, 'USAGE')"
          + " FROM pg_catalog.pg_publication WHERE pubname = ?";

  private final Connection connection;
  private final String name;
  private final String user;

  PostgreSqlPublication(Connection connection, String name, String user) {
    this.connection = connection;
    this.name = name;
    this.user = user;
  }

  /**
   * Sees to it that the publication is there and, where it is ours to change, names these tables.
   *
   * @return what had to be done
   */
  Ensured ensure(Set<CapturedTable> tables) throws SQLException, CaptureFailure {
    Boolean own = own();
    if (own == null) {
      create(tables);
      return new Ensured(true, Set.of());
    }
    if (!own) {
      return new Ensured(false, Set.of());
    }
    Set<CapturedTable> present = tables();
    Set<CapturedTable> added = without(tables, present);
    alter("ADD", added);
    alter("DROP", without(present, tables));
    return new Ensured(false, added);
  }

  /**
   * What was done to a publication.
   *
   * @param made whether it had to be made
   * @param added tables that one already there did not name
   */
  record Ensured(boolean made, Set<CapturedTable> added) {}

  private @Nullable Boolean own() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OWN)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getBoolean(1) : null;
      }
    }
  }

  /** The tables it names; a partitioned table stands for its partitions. */
  Set<CapturedTable> tables() throws SQLException {
    Set<CapturedTable> tables = new LinkedHashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          tables.add(new CapturedTable(row.getString(1), row.getString(2)));
        }
      }
    }
    return tables;
  }

  void drop() throws SQLException {
    if (Boolean.TRUE.equals(own())) {
      execute("DROP PUBLICATION " + quoted(name));
    }
  }

  private void create(Set<CapturedTable> tables) throws SQLException, CaptureFailure {
    try {
      execute(creation(list(tables)));
    } catch (SQLException e) {
      if (!NOT_ALLOWED.equals(e.getSQLState())) {
        throw e;
      }
      throw new CaptureFailure(
          ReasonCode.CAPTURE_NOT_PREPARED,
          "The source has no publication '"
              + name
              + "' and the user '"
              + user
              + "' may not make it: as the owner of the tables, run "
              + creation(shown(tables))
              + ";");
    }
  }

  private String creation(String tables) {
    return "CREATE PUBLICATION "
        + quoted(name)
        + (tables.isEmpty() ? "" : " FOR TABLE " + tables)
        + " WITH (publish_via_partition_root = true)";
  }

  private void alter(String verb, Set<CapturedTable> tables) throws SQLException {
    if (!tables.isEmpty()) {
      execute("ALTER PUBLICATION " + quoted(name) + ' ' + verb + " TABLE " + list(tables));
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Set<CapturedTable> without(Set<CapturedTable> some, Set<CapturedTable> others) {
    Set<CapturedTable> rest = new LinkedHashSet<>(some);
    rest.removeAll(others);
    return rest;
  }

  private static String shown(Set<CapturedTable> tables) {
    String some = list(tables.stream().limit(MOST_SHOWN).toList());
    return tables.size() > MOST_SHOWN ? some + ", …" : some;
  }

  private static String list(Collection<CapturedTable> tables) {
    return tables.stream()
        .map(table -> quoted(table.schema()) + '.' + quoted(table.table()))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
