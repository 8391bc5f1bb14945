package io.profilemesh.stack.local;

import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.process.ChildCommand;
import io.profilemesh.stack.process.HttpReadiness;
import io.profilemesh.stack.process.ManagedProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Apicurio Registry, used through its Confluent-compatible API, with its schemas in PostgreSQL: an
 * id that was handed out must never be given to another schema, whatever was killed in between.
 */
final class SchemaRegistry {

  static final String DATABASE = "schema_registry";

  private static final Duration START_TIMEOUT = Duration.ofSeconds(180);

  private final DataDirectory data;
  private final Path jar;
  private final JavaCommand.ClassArchive archive;

  SchemaRegistry(Installation installation, DataDirectory data) {
    this.data = data;
    this.jar = installation.registryJar();
    this.archive = JavaCommand.ClassArchive.of(installation.cache(), Component.REGISTRY.key());
  }

  /** Base address of the API that Confluent clients speak. */
  static URI address(int port) {
    return URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7");
  }

  /** Starts without waiting. */
  ManagedProcess start(int port, int managementPort, PostgresEndpoint database) {
    String key = Component.REGISTRY.key();
    JavaCommand java =
        new JavaCommand(data.mark())
            .heapMegabytes(256)
            .temporaryFiles(data.temporary(key))
            .quickCompiler()
            .sharedClasses(archive)
            .property("quarkus.http.host", "127.0.0.1")
            .property("quarkus.http.port", port)
            .property("quarkus.management.host", "127.0.0.1")
            .property("quarkus.management.port", managementPort)
            .property("quarkus.http.access-log.enabled", false)
            .property("quarkus.log.category.\"io.apicurio\".level", "WARN")
            .property("apicurio.storage.sql.kind", "postgresql")
            .property("apicurio.datasource.jdbc.initial-size", 1)
            .property("apicurio.datasource.jdbc.min-size", 1)
            .property("apicurio.datasource.jdbc.max-size", 8)
            // Else each connection that a restart of PostgreSQL broke fails one request.
            .property("quarkus.datasource.postgresql.jdbc.foreground-validation-interval", "1S")
            .add("-jar", jar.toString());
    // By the environment, because command lines show in process lists.
    Map<String, String> environment =
        Map.of(
            "APICURIO_DATASOURCE_URL", database.jdbcUrl(),
            "APICURIO_DATASOURCE_USERNAME", database.username(),
            "APICURIO_DATASOURCE_PASSWORD", database.password());
    String title = Component.REGISTRY.title();
    return new ChildCommand(title, java.arguments(), environment, data.directory(key))
        .start(data.log(key));
  }

  void awaitReady(ManagedProcess process, int port) {
    URI probe = URI.create(address(port) + "/subjects");
    process.awaitReady(new HttpReadiness(probe), START_TIMEOUT);
  }

  void stopped() {
    archive.publish();
  }
}
