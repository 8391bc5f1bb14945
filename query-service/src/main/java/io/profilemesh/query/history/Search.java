package io.profilemesh.query.history;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.sink.rows.SearchWords;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Finds tables, columns and incidents by the beginnings of their words. */
public final class Search {

  /** What can be found. */
  public enum Kind {
    TABLE,
    COLUMN,
    INCIDENT
  }

  /** The comment by its name, because tables of the version before have no such column. */
  private static final String TABLES =
      """
      SELECT t.source, t.schema_name, t.table_name,
        COALESCE(n.description, to_jsonb(t) ->> 'description') AS text, t.last_seen_at AS at
      FROM (
        SELECT source, schema_name, table_name FROM profilemesh_tables
          WHERE search @@ ?::tsquery
        UNION
        SELECT source, schema_name, table_name FROM profilemesh_table_notes
          WHERE search @@ ?::tsquery) found
      JOIN profilemesh_tables t USING (source, schema_name, table_name)
      LEFT JOIN profilemesh_table_notes n USING (source, schema_name, table_name)
      %s
      ORDER BY lower(t.table_name) = lower(?) DESC, t.active DESC, t.table_name, t.schema_name,
        t.source
      LIMIT ?
      """;

  private static final String COLUMNS =
      """
      SELECT c.source, c.schema_name, c.table_name, c.column_name, c.description AS text,
        c.last_seen_at AS at
      FROM (
        SELECT s.source, s.schema_name, s.table_name, e.name COLLATE "C" AS column_name
          FROM profilemesh_table_schemas s
          JOIN profilemesh_tables t USING (source, schema_name, table_name, schema_fingerprint)
          CROSS JOIN LATERAL jsonb_to_recordset(s.columns) AS e (name text, description text)
          WHERE s.search @@ ?::tsquery
            AND to_tsvector('simple', concat_ws(' ', translate(e.name, '_.-/', '    '), lower(e.name),
              regexp_replace(e.name, '([a-z])([A-Z])', '\\1 \\2', 'g'), e.description)) @@ ?::tsquery
        UNION
        SELECT source, schema_name, table_name, column_name FROM profilemesh_column_notes
          WHERE search @@ ?::tsquery) found
      JOIN profilemesh_columns c USING (source, schema_name, table_name, column_name)
      %s
      ORDER BY lower(c.column_name) = lower(?) DESC, c.column_name, c.table_name, c.schema_name,
        c.source
      LIMIT ?
      """;

  private static final String INCIDENTS =
      """
      SELECT t.source, t.schema_name, t.table_name, t.slice, t.column_name, t.incident_id,
        t.message AS text, t.updated_at AS at
      FROM profilemesh_incidents t
      %s
      ORDER BY t.resolved_at IS NULL DESC, t.updated_at DESC, t.incident_id
      LIMIT ?
      """;

  private Search() {}

  /**
   * What begins with every word of a text; nothing for a text without words. Tables and columns
   * first that are called so exactly; the newest incidents first.
   *
   * @param limit most hits of a kind
   */
  public static Question<List<SearchHit>> find(String text, Collection<Kind> kinds, int limit) {
    Collection<String> words = new SearchWords().add(text).words();
    if (words.isEmpty()) {
      return sight -> List.of();
    }
    String all = query(words, " & ");
    String any = query(words, " | ");
    return sight -> {
      List<SearchHit> hits = new ArrayList<>();
      if (kinds.contains(Kind.TABLE)) {
        Where seen = new Where().and("t.last_seen_at IS NOT NULL");
        Where visible = sight.narrowed(seen, Belonging.toTables("t"));
        hits.addAll(
            hits(sight, Kind.TABLE, TABLES, List.of(all, all), visible, List.of(text), limit));
      }
      if (kinds.contains(Kind.COLUMN)) {
        Where visible = sight.narrowed(new Where().and("c.active"), Belonging.toTables("c"));
        hits.addAll(
            hits(
                sight,
                Kind.COLUMN,
                COLUMNS,
                List.of(all, any, all),
                visible,
                List.of(text),
                limit));
      }
      if (kinds.contains(Kind.INCIDENT)) {
        Where told = new Where().and("to_tsvector('simple', t.message) @@ ?::tsquery", all);
        Where visible = sight.narrowed(told, Belonging.toTables("t"));
        hits.addAll(hits(sight, Kind.INCIDENT, INCIDENTS, List.of(), visible, List.of(), limit));
      }
      return hits;
    };
  }

  /** Words are letters and digits only, so that none can end its quotes. */
  private static String query(Collection<String> words, String operator) {
    return words.stream().map(word -> "'" + word + "':*").collect(Collectors.joining(operator));
  }

  /** The text's parameters come before those of the conditions, the rest after them. */
  private static List<SearchHit> hits(
      Sight sight,
      Kind kind,
      String sql,
      List<String> before,
      Where where,
      List<String> after,
      int limit)
      throws SQLException {
    try (PreparedStatement statement = sight.prepare(sql.formatted(where.sql()))) {
      int index = 1;
      for (String parameter : before) {
        statement.setString(index++, parameter);
      }
      index = where.bind(statement, index);
      for (String parameter : after) {
        statement.setString(index++, parameter);
      }
      statement.setInt(index, limit);
      try (ResultSet rows = statement.executeQuery()) {
        Fields row = new Fields(rows);
        List<SearchHit> hits = new ArrayList<>();
        while (row.next()) {
          hits.add(hit(row, kind));
        }
        return hits;
      }
    }
  }

  private static SearchHit hit(Fields row, Kind kind) throws SQLException {
    boolean incident = kind == Kind.INCIDENT;
    return new SearchHit(
        switch (kind) {
          case TABLE -> "table";
          case COLUMN -> "column";
          case INCIDENT -> "incident";
        },
        new DatasetId(
                row.text("source"),
                row.text("schema_name"),
                row.text("table_name"),
                incident ? row.textOrNull("slice") : null)
            .toString(),
        kind == Kind.TABLE ? null : row.textOrNull("column_name"),
        incident ? row.textOrNull("incident_id") : null,
        row.textOrNull("text"),
        row.instant("at"));
  }
}
