package io.profilemesh.profiler.scan;

import io.profilemesh.profiler.dialect.Dialect;
import io.profilemesh.profiler.dialect.PostgreSqlEncoding;
import io.profilemesh.profiler.dialect.RelationKind;
import io.profilemesh.profiler.dialect.SourceColumn;
import io.profilemesh.profiler.dialect.TableRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Splits a PostgreSQL table into ranges of pages. Only the table decides how many, never the number
 * of connections, so that the same data gives the same profile.
 */
final class PostgreSqlRanges {

  /**
   * 64 MB of ordinary pages: a smaller table is one range, a larger one has ranges up to four times
   * that.
   */
  static final long PAGES_PER_RANGE = 8192;

  private static final int MOST_RANGES = 256;
  private static final int RANGES_TOGETHER = 4;

  /** Every range fills its dictionaries anew: as few as keep the connections busy. */
  private static final int MOST_GROWTH = 4;

  private static final DateTimeFormatter LITERAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  private static final String TABLE =
      """
      SELECT c.oid,
        CASE WHEN c.relkind IN ('r', 'm') THEN pg_catalog.pg_relation_size(c.oid)
          / pg_catalog.current_setting('block_size')::pg_catalog.int8 END,
        CASE WHEN c.relkind IN ('r', 'm') THEN pg_catalog.pg_total_relation_size(c.oid)
          WHEN c.relkind = 'p' THEN (
            SELECT pg_catalog.sum(pg_catalog.pg_total_relation_size(t.relid))
            FROM pg_catalog.pg_partition_tree(c.oid) t WHERE t.isleaf)::pg_catalog.int8 END,
        c.reltuples::pg_catalog.float8,
        pg_catalog.row_security_active(c.oid)
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relname = ?
      """;

  private static final String LEAVES =
      """
      SELECT n.nspname, c.relname,
        CASE WHEN c.relkind = 'r' THEN pg_catalog.pg_relation_size(c.oid)
          / pg_catalog.current_setting('block_size')::pg_catalog.int8 END,
        pg_catalog.has_table_privilege(c.oid, 'SELECT')
          AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
          AND NOT pg_catalog.row_security_active(c.oid)
      FROM pg_catalog.pg_partition_tree(?::pg_catalog.oid::pg_catalog.regclass) t
      JOIN pg_catalog.pg_class c ON c.oid = t.relid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE t.isleaf AND t.relid <> ?::pg_catalog.oid
      ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
      """;

  private final Dialect dialect;
  private final ScanRequest request;
  private final List<SourceColumn> columns;
  private final long pagesPerRange;

  /**
   * @param columns what to read, in the order of the decoders
   * @param pagesPerRange most pages of a table that is read as a whole
   */
  PostgreSqlRanges(
      Dialect dialect, ScanRequest request, List<SourceColumn> columns, long pagesPerRange) {
    this.dialect = dialect;
    this.pagesPerRange = pagesPerRange;
    this.request = request;
    this.columns = columns;
  }

  /** The plan for the table as the session's snapshot sees it; empty when the table is gone. */
  Optional<RangePlan> plan(ScanSession session) throws SQLException {
    TableRef table = request.table().table();
    try (PreparedStatement statement = session.connection().prepareStatement(TABLE)) {
      statement.setString(1, table.schema());
      statement.setString(2, table.table());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        long oid = row.getLong(1);
        Long pages = nullableLong(row, 2);
        Long bytes = nullableLong(row, 3);
        double rows = Math.max(0, row.getDouble(4));
        double perBlock = pages == null || pages == 0 ? 1 : Math.max(1, rows / pages);
        boolean whole = row.getBoolean(5) || request.slice() != null;
        return Optional.of(
            new RangePlan(statements(session, table, oid, pages, whole), bytes, perBlock));
      }
    }
  }

  private List<String> statements(
      ScanSession session, TableRef table, long oid, @Nullable Long pages, boolean whole)
      throws SQLException {
    if (whole || request.sampling().method() != ScanSampling.Method.NONE) {
      return List.of(copy(name(table.schema(), table.table()), null));
    }
    if (table.kind() == RelationKind.PARTITIONED_TABLE) {
      List<String> leaves = leaves(session.connection(), oid);
      return leaves.isEmpty() ? List.of(copy(name(table.schema(), table.table()), null)) : leaves;
    }
    return ranges(name(table.schema(), table.table()), pages);
  }

  /** One or more ranges per partition; empty when not every partition may be read by itself. */
  private List<String> leaves(Connection connection, long oid) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LEAVES)) {
      statement.setLong(1, oid);
      statement.setLong(2, oid);
      try (ResultSet row = statement.executeQuery()) {
        List<String> statements = new ArrayList<>();
        while (row.next()) {
          if (!row.getBoolean(4)) {
            return List.of();
          }
          statements.addAll(ranges(name(row.getString(1), row.getString(2)), nullableLong(row, 3)));
        }
        return statements;
      }
    }
  }

  /** The last range is open, so that no row that the snapshot sees can lie behind it. */
  private List<String> ranges(String name, @Nullable Long pages) {
    long size = pages == null ? 0 : pages;
    if (size <= pagesPerRange) {
      return List.of(copy(name, null));
    }
    // Few even shares: two or four connections end together.
    long most = MOST_GROWTH * pagesPerRange;
    long shares = RANGES_TOGETHER * ((size - 1) / (RANGES_TOGETHER * most) + 1);
    long perRange = 1 + (size - 1) / Math.min(MOST_RANGES, shares);
    List<String> statements = new ArrayList<>();
    for (long from = 0; from < size; from += perRange) {
      String condition = "ctid >= '(" + from + ",0)'::pg_catalog.tid";
      if (from + perRange < size) {
        condition += " AND ctid < '(" + (from + perRange) + ",0)'::pg_catalog.tid";
      }
      statements.add(copy(name, condition));
    }
    return statements;
  }

  private String copy(String name, @Nullable String rangeCondition) {
    String list = columns.stream().map(this::expression).collect(Collectors.joining(", "));
    return "COPY (SELECT " + list + rows(name, rangeCondition) + ") TO STDOUT (FORMAT binary)";
  }

  /** Counts the distinct values of a column over the rows that are read, in the source. */
  String countDistinct(SourceColumn column) {
    TableRef table = request.table().table();
    String rows = rows(name(table.schema(), table.table()), null);
    if (isSettledByTheTable()) {
      return "SELECT pg_catalog.count(DISTINCT " + comparable(column, "") + ")" + rows;
    }
    // The whole row and the offset keep the plan, and by it the choice of rows, that of the copy.
    String list =
        columns.stream()
            .map(other -> dialect.quote(other.name().value()))
            .collect(Collectors.joining(", "));
    return "SELECT pg_catalog.count(DISTINCT "
        + comparable(column, "s.")
        + "), pg_catalog.count(s) FROM (SELECT "
        + list
        + rows
        + " OFFSET 0) s";
  }

  /** Whether the snapshot alone decides which rows are read, not the order they come in. */
  private boolean isSettledByTheTable() {
    return switch (request.sampling().method()) {
      case NONE -> true;
      case BERNOULLI, BLOCK -> hasStorage();
      case LIMIT -> false;
    };
  }

  private String expression(SourceColumn column) {
    return dialect.quote(column.name().value()) + ((PostgreSqlEncoding) column.encoding()).cast();
  }

  /** Equal for what is one value in a profile: what has no such order of its own is text. */
  private String comparable(SourceColumn column, String prefix) {
    PostgreSqlEncoding encoding = (PostgreSqlEncoding) column.encoding();
    String quoted = prefix + dialect.quote(column.name().value());
    return switch (encoding) {
      case INT2,
          INT4,
          INT8,
          OID,
          FLOAT4,
          FLOAT8,
          NUMERIC,
          MONEY,
          BOOL,
          DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMPTZ,
          UUID,
          BYTEA ->
          quoted;
      case TIMETZ -> quoted + "::pg_catalog.time";
      case TEXT, PADDED_TEXT, JSON, JSONB, XML, ARRAY, ARRAY_AS_TEXT, OPAQUE, OPAQUE_AS_TEXT ->
          quoted + "::pg_catalog.text COLLATE \"C\"";
    };
  }

  private String rows(String name, @Nullable String rangeCondition) {
    List<String> conditions = new ArrayList<>();
    if (rangeCondition != null) {
      conditions.add(rangeCondition);
    }
    ScanSlice slice = request.slice();
    if (slice != null) {
      conditions.add(sliceCondition(slice));
    }
    ScanSampling sampling = request.sampling();
    String sample = "";
    if (sampling.seed() != null) {
      if (hasStorage()) {
        sample = tableSample(sampling, sampling.seed());
      } else {
        conditions.add("pg_catalog.random() < " + sampling.fraction());
      }
    }
    String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    String limit = sampling.rowLimit() == null ? "" : " LIMIT " + sampling.rowLimit();
    return " FROM " + name + sample + where + limit;
  }

  /** Whether rows lie in blocks of the table's own, so that the engine can sample them. */
  boolean hasStorage() {
    return switch (request.table().table().kind()) {
      case TABLE, PARTITIONED_TABLE, MATERIALIZED_VIEW -> true;
      case VIEW, FOREIGN_TABLE -> false;
    };
  }

  private static String tableSample(ScanSampling sampling, long seed) {
    String method = sampling.method() == ScanSampling.Method.BLOCK ? "SYSTEM" : "BERNOULLI";
    return " TABLESAMPLE "
        + method
        + " ("
        + 100 * sampling.fraction()
        + ") REPEATABLE ("
        + seed
        + ")";
  }

  private String sliceCondition(ScanSlice slice) {
    SourceColumn column = request.table().column(slice.column()).orElseThrow();
    boolean zoned = column.encoding() == PostgreSqlEncoding.TIMESTAMPTZ;
    String type = zoned ? "timestamptz" : "timestamp";
    String zone = zoned ? "+00" : "";
    String quoted = dialect.quote(slice.column().value());
    return quoted
        + " >= "
        + type
        + " '"
        + LITERAL.format(LocalDateTime.ofInstant(slice.start(), ZoneOffset.UTC))
        + zone
        + "' AND "
        + quoted
        + " < "
        + type
        + " '"
        + LITERAL.format(LocalDateTime.ofInstant(slice.end(), ZoneOffset.UTC))
        + zone
        + "'";
  }

  private String name(String schema, String table) {
    return dialect.quote(schema) + "." + dialect.quote(table);
  }

  private static @Nullable Long nullableLong(ResultSet row, int index) throws SQLException {
    long value = row.getLong(index);
    return row.wasNull() ? null : Long.valueOf(value);
  }
}
