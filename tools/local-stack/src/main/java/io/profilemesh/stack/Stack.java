package io.profilemesh.stack;

import java.net.URI;

/**
 * A running broker, schema registry and PostgreSQL.
 *
 * <p>Safe for use by several threads. Closing stops what was started and is idempotent.
 */
public interface Stack extends AutoCloseable {

  /** Where Kafka clients connect first, {@code host:port}. */
  String bootstrapServers();

  /** Base address of the Confluent-compatible API of the schema registry, without final slash. */
  URI schemaRegistryUrl();

  /** The maintenance database, as a superuser. */
  PostgresEndpoint postgres();

  /**
   * Creates a database unless it exists.
   *
   * @param name letters, digits and underscores, at most 63
   * @return the database, as a superuser
   */
  PostgresEndpoint createDatabase(String name);

  /**
   * Creates a database and the ordinary role that owns it, unless they exist.
   *
   * @param name letters, digits and underscores, at most 63
   * @param owner name of the role, under the same rule; its password is generated
   * @return the database, as its owner
   */
  PostgresEndpoint createDatabase(String name, String owner);

  @Override
  void close();
}
