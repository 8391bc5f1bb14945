package io.profilemesh.query.history;

import io.profilemesh.core.profile.DatasetId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Questions about the tables and columns there are. */
public final class Catalogue {

  private static final int MOST_SCHEMAS = 500;

  private static final String IS_TABLE =
      " WHERE t.source = ? AND t.schema_name = ? AND t.table_name = ?";

  private static final String TABLE =
      """
      SELECT t.*, COALESCE(n.owner, t.owner) AS shown_owner,
        n.description AS written_description,
        COALESCE(n.tags, t.tags) AS shown_tags, n.edited_by, n.edited_at,
        (SELECT count(*) FROM profilemesh_table_schemas s
          WHERE s.source = t.source AND s.schema_name = t.schema_name
            AND s.table_name = t.table_name) AS schemas
      FROM profilemesh_tables t
      LEFT JOIN profilemesh_table_notes n USING (source, schema_name, table_name)
      """
          + IS_TABLE
          + " AND t.last_seen_at IS NOT NULL";

  private static final String COLUMNS =
      "SELECT t.* FROM profilemesh_columns t"
          + IS_TABLE
          + " ORDER BY t.active DESC, t.position, t.column_name";

  private static final String SCHEMAS =
      "SELECT t.* FROM profilemesh_table_schemas t"
          + IS_TABLE
          + " ORDER BY t.last_seen_at DESC, t.schema_fingerprint LIMIT "
          + MOST_SCHEMAS;

  private Catalogue() {}

  /** A table with its columns; empty when no profile spoke of it. */
  public static Question<Optional<TableDetails>> table(DatasetId table) {
    return sight -> {
      List<TableDetails.Column> columns = rows(sight, COLUMNS, table, Catalogue::column);
      return rows(sight, TABLE, table, row -> details(row, table, columns)).stream().findFirst();
    };
  }

  /** The sets of columns that a table was seen with, the newest first, at most 500. */
  public static Question<List<TableDetails.SchemaVersion>> schemas(DatasetId table) {
    return sight -> rows(sight, SCHEMAS, table, Catalogue::schema);
  }

  private static <T> List<T> rows(
      Sight sight, String sql, DatasetId table, Listing.Mapper<T> mapper) throws SQLException {
    if (!sight.scope().covers(table.source(), table.schema())) {
      return List.of();
    }
    try (PreparedStatement statement = sight.prepare(sql)) {
      statement.setString(1, table.source());
      statement.setString(2, table.schema());
      statement.setString(3, table.table());
      try (ResultSet rows = statement.executeQuery()) {
        Fields row = new Fields(rows);
        List<T> found = new ArrayList<>();
        while (row.next()) {
          found.add(mapper.read(row));
        }
        return found;
      }
    }
  }

  private static TableDetails details(
      Fields row, DatasetId table, List<TableDetails.Column> columns) throws SQLException {
    String written = row.textOrNull("written_description");
    boolean described = row.has("described_at");
    return new TableDetails(
        table.wholeTable().toString(),
        row.text("source"),
        row.text("schema_name"),
        row.text("table_name"),
        row.text("environment"),
        row.textOrNull("shown_owner"),
        written != null || !described ? written : row.textOrNull("description"),
        row.texts("shown_tags"),
        row.textOrNull("edited_by"),
        row.instantOrNull("edited_at"),
        Boolean.TRUE.equals(row.flagOrNull("active")),
        row.instant("first_seen_at"),
        row.instant("last_seen_at"),
        row.instantOrNull("vanished_at"),
        UUID.fromString(row.text("last_run_id")),
        row.text("last_dataset_name"),
        row.wholeOrNull("row_count"),
        row.wholeOrNull("bytes"),
        row.intOrNull("column_count"),
        row.number("schemas"),
        row.textOrNull("schema_fingerprint"),
        described ? row.textOrNull("table_type") : null,
        described ? row.textOrNull("storage_format") : null,
        described ? row.textOrNull("location") : null,
        described ? row.realOrNull("compression_ratio") : null,
        described ? row.textOrNull("partitioning") : null,
        described ? row.textOrNull("source_owner") : null,
        described ? row.textOrNull("creator") : null,
        described ? row.instantOrNull("last_accessed_at") : null,
        described ? row.jsonOrNull("metadata") : null,
        columns);
  }

  private static TableDetails.Column column(Fields row) throws SQLException {
    boolean described = row.has("default_value");
    return new TableDetails.Column(
        row.text("column_name"),
        row.number("position"),
        row.textOrNull("data_type"),
        row.textOrNull("column_type"),
        row.flagOrNull("nullable"),
        row.textOrNull("description"),
        row.texts("tags"),
        row.textOrNull("semantic_type"),
        Boolean.TRUE.equals(row.flagOrNull("active")),
        row.instant("first_seen_at"),
        row.instant("last_seen_at"),
        described ? row.textOrNull("default_value") : null,
        described ? row.flagOrNull("primary_key") : null,
        described ? row.flagOrNull("indexed") : null,
        described ? row.textsOrNull("constraints") : null,
        row.jsonOrNull("statistics"));
  }

  private static TableDetails.SchemaVersion schema(Fields row) throws SQLException {
    return new TableDetails.SchemaVersion(
        row.text("schema_fingerprint"),
        row.instant("first_seen_at"),
        row.instant("last_seen_at"),
        UUID.fromString(row.text("last_run_id")),
        row.jsonOrNull("columns"));
  }
}
