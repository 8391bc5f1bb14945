package io.profilemesh.cli.connection;

import java.net.URI;

/**
 * Where the parts of a running local mesh are.
 *
 * @param bootstrapServers Kafka brokers
 * @param schemaRegistryUrl schema registry
 * @param restUrl query service, without {@code /api/v1}
 * @param metadata database of the metadata tables
 * @param shop database of the demo's shop
 */
public record MeshAddresses(
    String bootstrapServers,
    URI schemaRegistryUrl,
    URI restUrl,
    JdbcAddress metadata,
    JdbcAddress shop) {

  /** Where the query service shows pictures. */
  public URI dashboardUrl() {
    return restUrl.resolve("/");
  }
}
