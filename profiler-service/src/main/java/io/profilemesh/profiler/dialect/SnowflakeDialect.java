package io.profilemesh.profiler.dialect;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Snowflake. */
public final class SnowflakeDialect extends WarehouseDialect {

  private static final Capabilities CAPABILITIES = new Capabilities(false, true, true, true);

  public SnowflakeDialect() {
    super(new MetadataCatalog(Set.of("INFORMATION_SCHEMA"), SnowflakeDialect::encodingOf));
  }

  @Override
  public String name() {
    return "snowflake";
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Optional<ChangeTokens> changeTokens() {
    return Optional.of(WarehouseChangeTokens.ofSnowflake());
  }

  private static JdbcEncoding encodingOf(String type) {
    return switch (type) {
      case "NUMBER",
          "DECIMAL",
          "NUMERIC",
          "INT",
          "INTEGER",
          "BIGINT",
          "SMALLINT",
          "TINYINT",
          "BYTEINT" ->
          JdbcEncoding.DECIMAL;
      case "FLOAT", "DOUBLE", "REAL", "DOUBLE PRECISION" -> JdbcEncoding.DOUBLE;
      case "VARCHAR", "TEXT", "STRING", "CHAR", "CHARACTER" -> JdbcEncoding.TEXT;
      case "BOOLEAN" -> JdbcEncoding.BOOLEAN;
      case "DATE" -> JdbcEncoding.DATE_AS_DAYS;
      case "TIME" -> JdbcEncoding.TIME_AS_MICROS;
      case "TIMESTAMP", "TIMESTAMP_NTZ", "TIMESTAMPNTZ", "DATETIME" ->
          JdbcEncoding.TIMESTAMP_AS_MICROS;
      case "TIMESTAMP_LTZ", "TIMESTAMP_TZ", "TIMESTAMPLTZ", "TIMESTAMPTZ" ->
          JdbcEncoding.INSTANT_AS_MICROS;
      case "BINARY", "VARBINARY", "BLOB" -> JdbcEncoding.BYTES;
      case "ARRAY" -> JdbcEncoding.ARRAY_AS_TEXT;
      case "VARIANT", "OBJECT" -> JdbcEncoding.JSON;
      default -> JdbcEncoding.OTHER_AS_TEXT;
    };
  }

  @Override
  public String expression(SourceColumn column) {
    String quoted = quote(column.name().value());
    return switch ((JdbcEncoding) column.encoding()) {
      case DATE_AS_DAYS -> "DATEDIFF('day', DATE '1970-01-01', " + quoted + ")";
      case TIME_AS_MICROS -> "DATEDIFF('microsecond', TIME '00:00:00', " + quoted + ")";
      case TIMESTAMP_AS_MICROS, INSTANT_AS_MICROS ->
          "DATE_PART('epoch_microsecond', " + quoted + ")";
      case JSON, ARRAY_AS_TEXT -> "TO_JSON(" + quoted + ")";
      case OTHER_AS_TEXT -> "TO_VARCHAR(" + quoted + ")";
      case LONG,
          DOUBLE,
          DECIMAL,
          BOOLEAN,
          TEXT,
          PADDED_TEXT,
          UUID_AS_TEXT,
          BYTES,
          DATE_AS_TEXT,
          TIME_AS_TEXT,
          TIMESTAMP_AS_TEXT ->
          quoted;
    };
  }

  @Override
  public String within(SourceColumn column, Instant start, Instant end) {
    String quoted = quote(column.name().value());
    boolean zoned = column.encoding() == JdbcEncoding.INSTANT_AS_MICROS;
    String type = zoned ? "::TIMESTAMP_TZ" : "::TIMESTAMP_NTZ";
    String zone = zoned ? " +0000" : "";
    return quoted
        + " >= '"
        + moment(start)
        + zone
        + "'"
        + type
        + " AND "
        + quoted
        + " < '"
        + moment(end)
        + zone
        + "'"
        + type;
  }

  @Override
  public Optional<SampleClause> sampleRows(double fraction, long seed) {
    return Optional.of(new SampleClause(sample("BERNOULLI", fraction, seed), ""));
  }

  @Override
  public Optional<SampleClause> sampleBlocks(double fraction, long seed) {
    return Optional.of(new SampleClause(sample("SYSTEM", fraction, seed), ""));
  }

  /** Seeds are whole numbers below 2^31. */
  private static String sample(String method, double fraction, long seed) {
    return " SAMPLE "
        + method
        + " ("
        + 100 * fraction
        + ") SEED ("
        + Long.remainderUnsigned(seed, Integer.MAX_VALUE)
        + ")";
  }

  @Override
  public String approximateDistinct(String expression) {
    return "APPROX_COUNT_DISTINCT(" + expression + ")";
  }

  /** Documented: an average relative error of 1.62338 %. */
  @Override
  public double distinctError() {
    return 0.0163;
  }

  @Override
  public String quantile(String expression, double rank) {
    return "APPROX_PERCENTILE(" + expression + ", " + rank + ")";
  }

  /** A t-digest has no bound; this is what one of its size shows. */
  @Override
  public double rankError() {
    return 0.01;
  }

  @Override
  public Optional<String> frequent(String text, int most) {
    return Optional.of("TO_JSON(APPROX_TOP_K(" + text + ", " + most + ", " + 100 * most + "))");
  }

  @Override
  public String asDouble(String expression) {
    return "CAST(" + expression + " AS DOUBLE)";
  }

  @Override
  public String asText(String expression) {
    return "TO_VARCHAR(" + expression + ")";
  }

  @Override
  public String sum(String expression) {
    return "SUM(" + expression + ")";
  }

  @Override
  public Optional<String> size(SourceColumn column) {
    String quoted = quote(column.name().value());
    return switch ((JdbcEncoding) column.encoding()) {
      case BYTES -> Optional.of("OCTET_LENGTH(" + quoted + ")");
      case JSON, ARRAY_AS_TEXT, OTHER_AS_TEXT ->
          Optional.of("OCTET_LENGTH(" + expression(column) + ")");
      default -> Optional.empty();
    };
  }
}
