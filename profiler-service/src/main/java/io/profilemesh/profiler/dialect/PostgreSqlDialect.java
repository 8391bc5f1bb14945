package io.profilemesh.profiler.dialect;

import io.profilemesh.schema.ReasonCode;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PostgreSQL 12 and later. */
public final class PostgreSqlDialect implements Dialect {

  private static final Capabilities CAPABILITIES = new Capabilities(true, true, true, true);

  private final Catalog catalog = new PostgreSqlCatalog();
  private final ChangeTokens changeTokens = new PostgreSqlChangeTokens();

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Catalog catalog() {
    return catalog;
  }

  @Override
  public Optional<ChangeTokens> changeTokens() {
    return Optional.of(changeTokens);
  }

  @Override
  public String quote(String identifier) {
    return Identifiers.doubleQuoted(identifier);
  }

  @Override
  public ReasonCode classify(SQLException failure) {
    String state = stateOf(failure);
    if (state == null) {
      return ReasonCode.SOURCE_QUERY_FAILED;
    }
    return switch (state) {
      // A name that was there when the table was described: table, schema, column, type.
      case "42P01", "3F000", "42703", "42704" -> ReasonCode.TABLE_VANISHED;
      case "42501", "28000", "28P01" -> ReasonCode.PERMISSION_DENIED;
      case "55P03" -> ReasonCode.LOCK_TIMEOUT;
      case "57014" -> ReasonCode.STATEMENT_TIMEOUT;
      // Idle in transaction, transaction timeout.
      case "25P03", "25P04" -> ReasonCode.SOURCE_TIMEOUT;
      // Serialisation failure, deadlock, too many connections, out of memory, disk full.
      case "40001", "40P01", "53300", "53200", "53100" -> ReasonCode.SOURCE_UNREACHABLE;
      default ->
          state.startsWith("08") || state.startsWith("57P")
              ? ReasonCode.SOURCE_UNREACHABLE
              : ReasonCode.SOURCE_QUERY_FAILED;
    };
  }

  @Override
  public String describe(SQLException failure) {
    String state = stateOf(failure);
    String suffix = state == null ? "." : " (SQLState " + state + ").";
    ReasonCode code = classify(failure);
    String sentence =
        code == ReasonCode.PERMISSION_DENIED
            ? "The source refuses this user: grant USAGE on the schema and SELECT on the table"
            : FailureSentences.of(code);
    return sentence + suffix;
  }

  private static @Nullable String stateOf(SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return null;
  }
}
