package io.profilemesh.profiler.dialect;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** BigQuery, GoogleSQL; a schema is a dataset there. */
public final class BigQueryDialect extends WarehouseDialect {

  /** It samples blocks, without a seed. */
  private static final Capabilities CAPABILITIES = new Capabilities(false, true, true, false);

  private static final int PERCENTILES = 100;

  public BigQueryDialect() {
    super(new MetadataCatalog(Set.of("INFORMATION_SCHEMA"), BigQueryDialect::encodingOf));
  }

  @Override
  public String name() {
    return "bigquery";
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Optional<ChangeTokens> changeTokens() {
    return Optional.of(WarehouseChangeTokens.ofBigQuery(this::quote));
  }

  private static JdbcEncoding encodingOf(String type) {
    return switch (type) {
      case "INT64", "INTEGER", "BIGINT" -> JdbcEncoding.LONG;
      case "FLOAT64", "FLOAT", "DOUBLE" -> JdbcEncoding.DOUBLE;
      case "NUMERIC", "BIGNUMERIC", "DECIMAL", "BIGDECIMAL" -> JdbcEncoding.DECIMAL;
      case "STRING", "VARCHAR" -> JdbcEncoding.TEXT;
      case "BOOL", "BOOLEAN" -> JdbcEncoding.BOOLEAN;
      case "DATE" -> JdbcEncoding.DATE_AS_DAYS;
      case "TIME" -> JdbcEncoding.TIME_AS_MICROS;
      case "DATETIME" -> JdbcEncoding.TIMESTAMP_AS_MICROS;
      case "TIMESTAMP" -> JdbcEncoding.INSTANT_AS_MICROS;
      case "BYTES", "VARBINARY", "BLOB" -> JdbcEncoding.BYTES;
      case "JSON" -> JdbcEncoding.JSON;
      default -> type.startsWith("ARRAY") ? JdbcEncoding.ARRAY_AS_TEXT : JdbcEncoding.OTHER_AS_TEXT;
    };
  }

  /** A backslash escapes inside backticks. */
  @Override
  public String quote(String identifier) {
    if (identifier.isEmpty() || identifier.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("an identifier is not empty and holds no NUL");
    }
    return '`' + identifier.replace("\\", "\\\\").replace("`", "\\`") + '`';
  }

  @Override
  public String expression(SourceColumn column) {
    String quoted = quote(column.name().value());
    return switch ((JdbcEncoding) column.encoding()) {
      case DATE_AS_DAYS -> "UNIX_DATE(" + quoted + ")";
      case TIME_AS_MICROS -> "TIME_DIFF(" + quoted + ", TIME '00:00:00', MICROSECOND)";
      case TIMESTAMP_AS_MICROS -> "UNIX_MICROS(TIMESTAMP(" + quoted + ", 'UTC'))";
      case INSTANT_AS_MICROS -> "UNIX_MICROS(" + quoted + ")";
      case JSON, ARRAY_AS_TEXT, OTHER_AS_TEXT -> "TO_JSON_STRING(" + quoted + ")";
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
    String type =
        switch ((JdbcEncoding) column.encoding()) {
          case INSTANT_AS_MICROS -> "TIMESTAMP";
          case DATE_AS_DAYS -> "DATE";
          default -> "DATETIME";
        };
    return quoted
        + " >= "
        + literal(type, start, false)
        + " AND "
        + quoted
        + " < "
        + literal(type, end, true);
  }

  /** A day belongs to the period that its midnight lies in. */
  private static String literal(String type, Instant instant, boolean end) {
    String moment = moment(instant);
    return switch (type) {
      case "DATE" -> {
        boolean midnight = moment.endsWith("00:00:00.000000");
        String day = "DATE '" + moment.substring(0, 10) + "'";
        yield midnight ? day : "DATE_ADD(" + day + ", INTERVAL 1 DAY)";
      }
      case "TIMESTAMP" -> "TIMESTAMP '" + moment + "+00'";
      default -> "DATETIME '" + moment + "'";
    };
  }

  @Override
  public Optional<SampleClause> sampleRows(double fraction, long seed) {
    return Optional.of(new SampleClause("", "RAND() < " + fraction));
  }

  @Override
  public Optional<SampleClause> sampleBlocks(double fraction, long seed) {
    return Optional.of(
        new SampleClause(" TABLESAMPLE SYSTEM (" + 100 * fraction + " PERCENT)", ""));
  }

  @Override
  public String approximateDistinct(String expression) {
    return "APPROX_COUNT_DISTINCT(" + expression + ")";
  }

  /** HyperLogLog++ of precision 15, as documented for this function: 1.04 divided by 2^7.5. */
  @Override
  public double distinctError() {
    return 0.006;
  }

  @Override
  public String quantile(String expression, double rank) {
    return "APPROX_QUANTILES("
        + expression
        + ", "
        + PERCENTILES
        + ")[OFFSET("
        + Math.round(rank * PERCENTILES)
        + ")]";
  }

  @Override
  public double rankError() {
    return 1.0 / PERCENTILES;
  }

  @Override
  public Optional<String> frequent(String text, int most) {
    return Optional.of("TO_JSON_STRING(APPROX_TOP_COUNT(" + text + ", " + most + "))");
  }

  @Override
  public String asDouble(String expression) {
    return "CAST(" + expression + " AS FLOAT64)";
  }

  @Override
  public String asText(String expression) {
    return "CAST(" + expression + " AS STRING)";
  }

  @Override
  public String sum(String expression) {
    return "SUM(CAST(" + expression + " AS BIGNUMERIC))";
  }

  @Override
  public String isNan(String expression) {
    return "IS_NAN(" + expression + ")";
  }

  @Override
  public String isInfinite(String expression) {
    return "IS_INF(" + expression + ")";
  }

  @Override
  public Optional<String> size(SourceColumn column) {
    return switch ((JdbcEncoding) column.encoding()) {
      case BYTES -> Optional.of("BYTE_LENGTH(" + quote(column.name().value()) + ")");
      case JSON, ARRAY_AS_TEXT, OTHER_AS_TEXT ->
          Optional.of("BYTE_LENGTH(" + expression(column) + ")");
      default -> Optional.empty();
    };
  }
}
