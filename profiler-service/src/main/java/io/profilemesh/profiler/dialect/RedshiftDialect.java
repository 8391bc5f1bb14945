package io.profilemesh.profiler.dialect;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Amazon Redshift. */
public final class RedshiftDialect extends WarehouseDialect {

  /** Its random numbers cannot be repeated over many nodes. */
  private static final Capabilities CAPABILITIES = new Capabilities(false, true, false, false);

  public RedshiftDialect() {
    super(
        new MetadataCatalog(
            Set.of("INFORMATION_SCHEMA", "PG_CATALOG", "PG_INTERNAL", "PG_TOAST"),
            RedshiftDialect::encodingOf));
  }

  @Override
  public String name() {
    return "redshift";
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Optional<ChangeTokens> changeTokens() {
    return Optional.of(WarehouseChangeTokens.ofRedshift());
  }

  private static JdbcEncoding encodingOf(String type) {
    return switch (type) {
      case "INT2", "INT4", "INT8", "SMALLINT", "INTEGER", "BIGINT", "SERIAL", "BIGSERIAL", "OID" ->
          JdbcEncoding.LONG;
      case "FLOAT4", "FLOAT8", "REAL", "DOUBLE", "DOUBLE PRECISION" -> JdbcEncoding.DOUBLE;
      case "NUMERIC", "DECIMAL" -> JdbcEncoding.DECIMAL;
      case "VARCHAR", "TEXT", "CHARACTER VARYING", "NAME" -> JdbcEncoding.TEXT;
      case "BPCHAR", "CHAR", "CHARACTER" -> JdbcEncoding.PADDED_TEXT;
      case "BOOL", "BOOLEAN" -> JdbcEncoding.BOOLEAN;
      case "DATE" -> JdbcEncoding.DATE_AS_DAYS;
      case "TIME" -> JdbcEncoding.TIME_AS_MICROS;
      case "TIMESTAMP" -> JdbcEncoding.TIMESTAMP_AS_MICROS;
      case "TIMESTAMPTZ" -> JdbcEncoding.INSTANT_AS_MICROS;
      case "VARBYTE", "VARBINARY", "BLOB" -> JdbcEncoding.BYTES;
      case "SUPER" -> JdbcEncoding.JSON;
      default -> JdbcEncoding.OTHER_AS_TEXT;
    };
  }

  @Override
  public String expression(SourceColumn column) {
    String quoted = quote(column.name().value());
    return switch ((JdbcEncoding) column.encoding()) {
      case DATE_AS_DAYS -> "(" + quoted + " - DATE '1970-01-01')";
      case TIME_AS_MICROS, TIMESTAMP_AS_MICROS, INSTANT_AS_MICROS ->
          "(CAST(FLOOR(EXTRACT(epoch FROM "
              + quoted
              + ")) AS BIGINT) * 1000000"
              + " + MOD(CAST(EXTRACT(microsecond FROM "
              + quoted
              + ") AS BIGINT), 1000000))";
      case JSON -> "JSON_SERIALIZE(" + quoted + ")";
      case OTHER_AS_TEXT, ARRAY_AS_TEXT -> asText(quoted);
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
    String type = zoned ? "TIMESTAMPTZ" : "TIMESTAMP";
    String zone = zoned ? "+00" : "";
    return quoted
        + " >= "
        + type
        + " '"
        + moment(start)
        + zone
        + "' AND "
        + quoted
        + " < "
        + type
        + " '"
        + moment(end)
        + zone
        + "'";
  }

  @Override
  public Optional<SampleClause> sampleRows(double fraction, long seed) {
    return Optional.of(new SampleClause("", "RANDOM() < " + fraction));
  }

  @Override
  public String approximateDistinct(String expression) {
    return "APPROXIMATE COUNT(DISTINCT " + expression + ")";
  }

  /** Documented: a relative error of about 2 %. */
  @Override
  public double distinctError() {
    return 0.02;
  }

  @Override
  public String quantile(String expression, double rank) {
    return "APPROXIMATE PERCENTILE_DISC(" + rank + ") WITHIN GROUP (ORDER BY " + expression + ")";
  }

  /** Documented: 0.5 %. */
  @Override
  public double rankError() {
    return 0.005;
  }

  @Override
  public Optional<String> frequent(String text, int most) {
    return Optional.empty();
  }

  @Override
  public String asDouble(String expression) {
    return "CAST(" + expression + " AS FLOAT8)";
  }

  @Override
  public String asText(String expression) {
    return "CAST(" + expression + " AS VARCHAR)";
  }

  @Override
  public String sum(String expression) {
    return "SUM(CAST(" + expression + " AS DECIMAL(38, 6)))";
  }

  @Override
  public Optional<String> size(SourceColumn column) {
    return switch ((JdbcEncoding) column.encoding()) {
      case BYTES -> Optional.of("OCTET_LENGTH(" + quote(column.name().value()) + ")");
      case JSON, OTHER_AS_TEXT, ARRAY_AS_TEXT ->
          Optional.of("OCTET_LENGTH(" + expression(column) + ")");
      default -> Optional.empty();
    };
  }
}
