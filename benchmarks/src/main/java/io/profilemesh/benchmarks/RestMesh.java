package io.profilemesh.benchmarks;

import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.Migrations;
import io.profilemesh.metadata.access.ApiKeySecret;
import io.profilemesh.metadata.access.ApiKeys;
import io.profilemesh.metadata.access.Grant;
import io.profilemesh.metadata.access.NewApiKey;
import io.profilemesh.metadata.access.Role;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stacks;
import io.profilemesh.stack.local.Mesh;
import io.profilemesh.stack.local.Service;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A query service alone, over metadata tables that have seen many runs. */
final class RestMesh implements AutoCloseable {

  private final Mesh mesh;
  private final int tables;
  private final String key;

  private RestMesh(Mesh mesh, int tables) {
    this.mesh = mesh;
    this.tables = tables;
    this.key = makeKey(mesh.metadata());
  }

  static RestMesh start(String name, int runs) {
    int[] tables = new int[1];
    Mesh mesh =
        Mesh.on(Stacks.shared())
            .named(name)
            .only(Service.QUERY)
            .metadataDatabase("metadata_" + name)
            .environment("PROFILEMESH_ENVIRONMENT", "test")
            .environment("PROFILEMESH_ACCESS_REQUESTS_PER_SECOND", "0")
            .environment("PROFILEMESH_TOPIC_PREFIX", name + ".")
            .prepare("tables", one -> tables[0] = fill(one.metadata(), runs))
            .start();
    return new RestMesh(mesh, tables[0]);
  }

  private static int fill(PostgresEndpoint database, int runs) {
    Migrations.of(database.jdbcUrl(), database.username(), database.password())
        .apply(ApplyOptions.all());
    try {
      int tables = RestTables.fill(database, runs);
      DurableDatabase.execute(Stacks.shared().postgres(), "CHECKPOINT");
      return tables;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String makeKey(PostgresEndpoint database) {
    ApiKeySecret secret = ApiKeySecret.random(new SecureRandom());
    List<Grant> grants = List.of(Grant.everywhere(Role.READER));
    try (Connection connection = database.connect()) {
      ApiKeys.create(
          connection, new NewApiKey("benchmark", grants, "benchmark", Instant.now(), null), secret);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return secret.reveal();
  }

  PostgresEndpoint metadata() {
    return mesh.metadata();
  }

  URI server() {
    return mesh.url(Service.QUERY);
  }

  long pid() {
    return mesh.pid(Service.QUERY).orElseThrow();
  }

  /** How many tables the runs are of. */
  int tables() {
    return tables;
  }

  KeptHttp connect() throws IOException {
    return new KeptHttp(server(), Map.of("X-API-Key", key));
  }

  @Override
  public void close() {
    mesh.close();
  }
}
