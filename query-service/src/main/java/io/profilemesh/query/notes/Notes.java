package io.profilemesh.query.notes;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.query.access.Transactions;
import io.profilemesh.sink.rows.SearchWords;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes notes, one change after the other. */
@ApplicationScoped
public class Notes {

  private static final String KNOWN =
      "SELECT 1 FROM profilemesh_tables"
          + " WHERE source = ? AND schema_name = ? AND table_name = ? AND last_seen_at IS NOT NULL"
          + " FOR KEY SHARE";

  private static final String KNOWN_COLUMN =
      "SELECT 1 FROM profilemesh_columns"
          + " WHERE source = ? AND schema_name = ? AND table_name = ? AND column_name = ?";

  private static final String TABLE =
      """
      INSERT INTO profilemesh_table_notes AS n (source, schema_name, table_name, owner,
        description, tags, edited_by, edited_at, revision, search)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, array_to_tsvector(?))
      ON CONFLICT (source, schema_name, table_name) DO UPDATE SET
        owner = excluded.owner, description = excluded.description, tags = excluded.tags,
        edited_by = excluded.edited_by, edited_at = excluded.edited_at,
        revision = n.revision + 1, search = excluded.search
      """;

  private static final String COLUMN =
      """
      INSERT INTO profilemesh_column_notes AS n (source, schema_name, table_name, column_name,
        description, tags, edited_by, edited_at, revision, search)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, array_to_tsvector(?))
      ON CONFLICT (source, schema_name, table_name, column_name) DO UPDATE SET
        description = excluded.description, tags = excluded.tags,
        edited_by = excluded.edited_by, edited_at = excluded.edited_at,
        revision = n.revision + 1, search = excluded.search
      """;

  private final javax.sql.DataSource database;

  @Inject
  Notes(@DataSource("access") javax.sql.DataSource database) {
    this.database = database;
  }

  /**
   * Changes what is written about a table, or about a column of it.
   *
   * @param column the column; null: the table
   * @return whether the catalogue knows the table or column; nothing is written when it does not
   * @throws io.profilemesh.query.history.NoAnswerException when the database cannot be used
   */
  public boolean change(
      DatasetId table,
      @Nullable String column,
      UnaryOperator<TableNote> change,
      String actor,
      Instant now) {
    return Transactions.in(
        database,
        connection -> {
          boolean known = isKnown(connection, table, column);
          if (known) {
            TableNote after = change.apply(read(connection, table, column));
            write(connection, table, column, after, actor, now);
          }
          return known;
        });
  }

  private static boolean isKnown(Connection connection, DatasetId table, @Nullable String column)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(column == null ? KNOWN : KNOWN_COLUMN)) {
      name(statement, table, column);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static TableNote read(Connection connection, DatasetId table, @Nullable String column)
      throws SQLException {
    String sql =
        column == null
            ? "SELECT owner, description, tags FROM profilemesh_table_notes"
                + " WHERE source = ? AND schema_name = ? AND table_name = ? FOR UPDATE"
            : "SELECT NULL AS owner, description, tags FROM profilemesh_column_notes"
                + " WHERE source = ? AND schema_name = ? AND table_name = ? AND column_name = ?"
                + " FOR UPDATE";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      name(statement, table, column);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return TableNote.EMPTY;
        }
        Array tags = rows.getArray("tags");
        return new TableNote(
            rows.getString("owner"),
            rows.getString("description"),
            tags == null ? null : List.of((String[]) tags.getArray()));
      }
    }
  }

  private static void write(
      Connection connection,
      DatasetId table,
      @Nullable String column,
      TableNote note,
      String actor,
      Instant now)
      throws SQLException {
    SearchWords words = new SearchWords().add(note.owner()).add(note.description());
    if (note.tags() != null) {
      words.add(note.tags());
    }
    try (PreparedStatement statement =
        connection.prepareStatement(column == null ? TABLE : COLUMN)) {
      int index = name(statement, table, column);
      if (column == null) {
        statement.setString(index++, note.owner());
      }
      statement.setString(index++, note.description());
      statement.setArray(
          index++,
          note.tags() == null ? null : connection.createArrayOf("text", note.tags().toArray()));
      statement.setString(index++, actor);
      statement.setObject(index++, now.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
      statement.setArray(index, connection.createArrayOf("text", words.words().toArray()));
      statement.executeUpdate();
    }
  }

  /** Binds the names; gives the number of the next parameter. */
  private static int name(PreparedStatement statement, DatasetId table, @Nullable String column)
      throws SQLException {
    statement.setString(1, table.source());
    statement.setString(2, table.schema());
    statement.setString(3, table.table());
    if (column == null) {
      return 4;
    }
    statement.setString(4, column);
    return 5;
  }
}
