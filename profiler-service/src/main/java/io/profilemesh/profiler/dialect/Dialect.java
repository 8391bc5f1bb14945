package io.profilemesh.profiler.dialect;

import io.profilemesh.schema.ReasonCode;
import java.sql.SQLException;
import java.util.Optional;

/** One database engine's ways. Stateless; safe for use by many threads. */
public interface Dialect {

  /** Name of the engine in configuration, such as {@code postgresql}. */
  String name();

  Capabilities capabilities();

  Catalog catalog();

  /** How to tell that a table has not changed; empty where the engine gives no sign of it. */
  default Optional<ChangeTokens> changeTokens() {
    return Optional.empty();
  }

  /** An identifier from the catalogue, quoted for SQL. */
  String quote(String identifier);

  /** What a failure means, by SQLState and never by message text. */
  ReasonCode classify(SQLException failure);

  /**
   * One sentence about a failure for people. Holds no data values: engines quote them in their
   * messages, so the engine's own text is left out.
   */
  String describe(SQLException failure);
}
