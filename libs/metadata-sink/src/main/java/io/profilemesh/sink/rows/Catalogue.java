package io.profilemesh.sink.rows;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.schema.ColumnDefinition;
import io.profilemesh.schema.ColumnFacts;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.TableFacts;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.TableType;
import io.profilemesh.sink.rows.CompleteProfile.Measured;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the catalogue: the tables there are, and every set of columns they were seen with. Of a
 * table the newest profile counts, whatever came first; when it was seen first and missed last are
 * extremes. Every order of the same records leaves the same rows.
 */
final class Catalogue {

  private static final String NEWER =
      "t.last_seen_at IS NULL OR (excluded.last_seen_at, excluded.last_run_id,"
          + " excluded.last_dataset_name) > (t.last_seen_at, t.last_run_id, t.last_dataset_name)";

  private static final String TABLE =
      """
      INSERT INTO profilemesh_tables AS t (source, schema_name, table_name, environment,
        first_seen_at, last_seen_at, last_run_id, last_dataset_name, schema_fingerprint, row_count,
        bytes, column_count, owner, tags, search)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, array_to_tsvector(?))
      ON CONFLICT (source, schema_name, table_name) DO UPDATE SET
        environment = excluded.environment, last_seen_at = excluded.last_seen_at,
        first_seen_at = LEAST(t.first_seen_at, excluded.first_seen_at),
        last_run_id = excluded.last_run_id, last_dataset_name = excluded.last_dataset_name,
        schema_fingerprint = excluded.schema_fingerprint, row_count = excluded.row_count,
        bytes = excluded.bytes, column_count = excluded.column_count, owner = excluded.owner,
        tags = excluded.tags, search = excluded.search
      WHERE %s
      """
          .formatted(NEWER);

  private static final String FIRST_SEEN =
      "UPDATE profilemesh_tables SET first_seen_at = ?"
          + " WHERE source = ? AND schema_name = ? AND table_name = ? AND first_seen_at > ?";

  private static final String SCHEMA =
      """
      INSERT INTO profilemesh_table_schemas AS t (source, schema_name, table_name,
        schema_fingerprint, first_seen_at, last_seen_at, last_run_id, columns, search)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, array_to_tsvector(?))
      ON CONFLICT (source, schema_name, table_name, schema_fingerprint) DO UPDATE SET
        first_seen_at = LEAST(t.first_seen_at, excluded.first_seen_at),
        last_seen_at = GREATEST(t.last_seen_at, excluded.last_seen_at),
        last_run_id = CASE WHEN %1$s THEN excluded.last_run_id ELSE t.last_run_id END,
        columns = CASE WHEN %1$s AND t.columns <> excluded.columns
          THEN excluded.columns ELSE t.columns END,
        search = CASE WHEN %1$s THEN excluded.search ELSE t.search END
      """
          .formatted(
              "(excluded.last_seen_at, excluded.last_run_id) > (t.last_seen_at, t.last_run_id)");

  private static final String VANISHED =
      """
      INSERT INTO profilemesh_tables AS t (source, schema_name, table_name, environment,
        vanished_at)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (source, schema_name, table_name) DO UPDATE SET
        vanished_at = GREATEST(t.vanished_at, excluded.vanished_at)
      """;

  private static final String DESCRIBED =
      """
      UPDATE profilemesh_tables t
         SET described_at = d.at, described_run_id = d.run_id,
             described_dataset_name = d.dataset, table_type = d.table_type,
             description = d.description, storage_format = d.storage_format, location = d.location,
             compression_ratio = d.compression_ratio, partitioning = d.partitioning,
             source_owner = d.source_owner, creator = d.creator,
             last_accessed_at = d.last_accessed_at, metadata = d.metadata
        FROM (VALUES (?, ?, ?, ?::timestamptz, ?::uuid, ?, ?, ?, ?, ?, ?::float8, ?, ?, ?,
               ?::timestamptz, ?::jsonb)) AS d (source, schema_name, table_name, at, run_id,
               dataset, table_type, description, storage_format, location, compression_ratio, partitioning,
               source_owner, creator, last_accessed_at, metadata)
       WHERE t.source = d.source AND t.schema_name = d.schema_name AND t.table_name = d.table_name
         AND (t.described_at IS NULL
              OR (d.at, d.run_id, d.dataset)
                > (t.described_at, t.described_run_id, t.described_dataset_name))
      """;

  private Catalogue() {}

  /** Takes in profiles; gives the number of rows. */
  static int profiles(Connection connection, Iterable<CompleteProfile> profiles)
      throws SQLException {
    Map<Name, Seen> tables = new TreeMap<>();
    Map<SchemaKey, Seen> schemas = new TreeMap<>();
    Map<Name, CompleteProfile> described = new TreeMap<>();
    for (CompleteProfile profile : profiles) {
      Name name = Name.of(profile.head());
      Seen seen = new Seen(profile.head().getScanStartedAt(), profile);
      tables.merge(name, seen, Seen::merge);
      schemas.merge(new SchemaKey(name, profile.head().getSchemaFingerprint()), seen, Seen::merge);
      if (profile.head().getFacts() != null) {
        described.merge(name, profile, TableStates::newerProfile);
      }
    }
    Rows.write(connection, TABLE, tables.entrySet(), (row, one) -> table(row, one.getValue()));
    Rows.write(
        connection,
        FIRST_SEEN,
        tables.entrySet(),
        (row, one) ->
            one.getKey().bind(row.instant(one.getValue().first)).instant(one.getValue().first));
    Rows.write(
        connection,
        DESCRIBED,
        described.entrySet(),
        (row, one) -> facts(one.getKey().bind(row), one.getValue().head()));
    Rows.write(
        connection,
        SCHEMA,
        schemas.entrySet(),
        (row, one) -> schema(row, one.getKey(), one.getValue()));
    return tables.size() + schemas.size();
  }

  /** Takes in that tables are gone, where events say so; gives the number of rows. */
  static int events(Connection connection, Iterable<RecordRow<RunEvent>> events)
      throws SQLException {
    Map<Name, RunEvent> vanished = new TreeMap<>();
    for (RecordRow<RunEvent> row : events) {
      RunEvent event = row.record();
      if (ReasonCode.TABLE_VANISHED.name().equals(event.getCode())) {
        vanished.merge(
            new Name(event.getSource(), event.getSchemaName(), event.getTableName()),
            event,
            (one, other) -> other.getOccurredAt().isAfter(one.getOccurredAt()) ? other : one);
      }
    }
    Rows.write(
        connection,
        VANISHED,
        vanished.entrySet(),
        (row, one) ->
            one.getKey()
                .bind(row)
                .text(one.getValue().getEnvironment())
                .instant(one.getValue().getOccurredAt()));
    return vanished.size();
  }

  private static void table(Row row, Seen seen) throws SQLException {
    TableProfile head = seen.newest.head();
    TableFacts facts = head.getFacts();
    Name name = Name.of(head);
    SearchWords words = name.words().add(head.getOwner()).add(head.getTags());
    name.bind(row)
        .text(head.getEnvironment())
        .instant(seen.first)
        .instant(head.getScanStartedAt())
        .run(head.getRunId())
        .text(head.getDatasetId())
        .text(head.getSchemaFingerprint())
        .number((Long) head.getRowCount())
        .number(whole(seen.newest.tableMetric("bytes")))
        .number((Integer) seen.newest.columnCount())
        .text(head.getOwner())
        .texts(head.getTags())
        .texts(List.copyOf(words.add(facts == null ? null : facts.getComment()).words()));
  }

  private static void facts(Row row, TableProfile head) throws SQLException {
    TableFacts facts = Objects.requireNonNull(head.getFacts());
    ObjectNode metadata = Json.object();
    new TreeMap<>(facts.getProperties())
        .forEach((name, value) -> Json.put(metadata, StorableText.of(name), value));
    TableType type = facts.getTableType();
    row.instant(head.getScanStartedAt())
        .run(head.getRunId())
        .text(head.getDatasetId())
        .word(type == TableType.UNKNOWN ? null : type)
        .text(facts.getComment())
        .text(facts.getStorageFormat())
        .text(facts.getLocation())
        .number(facts.getCompressionRatio())
        .text(facts.getPartitioning())
        .text(facts.getOwner())
        .text(facts.getCreator())
        .instant(facts.getLastAccessedAt())
        .json(metadata.isEmpty() ? null : Json.text(metadata));
  }

  private static void schema(Row row, SchemaKey key, Seen seen) throws SQLException {
    ArrayNode columns = Json.array();
    SearchWords words = key.name.words();
    @Nullable Map<String, ColumnFacts> facts = columnFacts(seen.newest.head().getFacts());
    for (Measured measured : seen.newest.measured()) {
      ColumnDefinition column = measured.column();
      if (column != null) {
        columns.add(column(column, facts));
        words.add(column.getName()).add(column.getDescription());
      }
    }
    key.name
        .bind(row)
        .text(key.fingerprint)
        .instant(seen.first)
        .instant(seen.newest.head().getScanStartedAt())
        .run(seen.newest.head().getRunId())
        .json(Json.text(columns))
        .texts(List.copyOf(words.words()));
  }

  /** What is declared of columns, by name; null: the source cannot say. */
  private static @Nullable Map<String, ColumnFacts> columnFacts(@Nullable TableFacts facts) {
    List<ColumnFacts> columns = facts == null ? null : facts.getColumns();
    if (columns == null) {
      return null;
    }
    Map<String, ColumnFacts> byName = new HashMap<>();
    columns.forEach(column -> byName.put(column.getName(), column));
    return byName;
  }

  private static ObjectNode column(
      ColumnDefinition column, @Nullable Map<String, ColumnFacts> facts) {
    ObjectNode node = Json.object();
    Json.put(node, "name", column.getName());
    node.put("position", column.getOrdinal());
    Json.put(node, "dataType", column.getDataType());
    node.put("columnType", Words.ofNullable(column.getColumnType()));
    node.put("nullable", column.getNullable());
    Json.put(node, "description", column.getDescription());
    if (facts != null) {
      ColumnFacts declared = facts.get(column.getName());
      if (declared != null) {
        Json.put(node, "defaultValue", declared.getDefaultValue());
      }
      node.put("primaryKey", declared != null && declared.getPrimaryKey());
      node.put("indexed", declared != null && declared.getIndexed());
      node.set("constraints", Json.texts(declared == null ? List.of() : declared.getConstraints()));
    }
    return node;
  }

  private static @Nullable Long whole(@Nullable Double number) {
    return number == null ? null : (Long) Math.round(number);
  }

  /**
   * What a batch saw of a table.
   *
   * @param first the earliest instant
   * @param newest the newest profile
   */
  private record Seen(Instant first, CompleteProfile newest) {

    Seen merge(Seen other) {
      return new Seen(
          other.first.isBefore(first) ? other.first : first,
          TableStates.newerProfile(newest, other.newest));
    }
  }

  /** A table by the names it is stored under. */
  private record Name(String source, String schema, String table) implements Comparable<Name> {

    Name {
      source = StorableText.of(source);
      schema = StorableText.of(schema);
      table = StorableText.of(table);
    }

    static Name of(TableProfile profile) {
      return new Name(profile.getSource(), profile.getSchemaName(), profile.getTableName());
    }

    Row bind(Row row) throws SQLException {
      return row.text(source).text(schema).text(table);
    }

    SearchWords words() {
      return new SearchWords().add(source).add(schema).add(table);
    }

    @Override
    public int compareTo(Name other) {
      int bySource = source.compareTo(other.source);
      int bySchema = bySource != 0 ? bySource : schema.compareTo(other.schema);
      return bySchema != 0 ? bySchema : table.compareTo(other.table);
    }
  }

  private record SchemaKey(Name name, String fingerprint) implements Comparable<SchemaKey> {

    @Override
    public int compareTo(SchemaKey other) {
      int byName = name.compareTo(other.name);
      return byName != 0 ? byName : fingerprint.compareTo(other.fingerprint);
    }
  }
}
