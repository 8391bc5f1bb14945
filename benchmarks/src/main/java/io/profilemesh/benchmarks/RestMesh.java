package io.profilemesh.benchmarks;

import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.Migrations;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stacks;
import io.profilemesh.stack.local.Mesh;
import io.profilemesh.stack.local.Service;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.Map;

/** A query service alone, over metadata tables that have seen many runs. */
final class RestMesh implements AutoCloseable {

  private final Mesh mesh;
  private final int tables;

  private RestMesh(Mesh mesh, int tables) {
    this.mesh = mesh;
    this.tables = tables;
  }

  static RestMesh start(String name, int runs) {
    int[] tables = new int[1];
    Mesh mesh =
        Mesh.on(Stacks.shared())
            .named(name)
            .only(Service.QUERY)
            .metadataDatabase("metadata_" + name)
            .environment("PROFILEMESH_ENVIRONMENT", "test")
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
    return new KeptHttp(server(), Map.of());
  }

  @Override
  public void close() {
    mesh.close();
  }
}
