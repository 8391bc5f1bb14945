package io.profilemesh.cli.command;

import io.profilemesh.cli.Session;
import io.profilemesh.cli.schemas.SchemaCatalogue;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which schema registry, and which topics. */
class RegistryOptions extends MeshOptions {

  @Option(
      names = "--registry-url",
      paramLabel = "URL",
      description =
          "Schema registry (default: $PROFILEMESH_SCHEMA_REGISTRY_URL, else the local mesh's).")
  @Nullable URI registryUrl;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      description =
          "Start of every topic name (default: $PROFILEMESH_TOPIC_PREFIX, else profilemesh.).")
  @Nullable String topicPrefix;

  RegistryOptions(Session session) {
    super(session);
  }

  String prefix() {
    return topicPrefix != null ? topicPrefix : session().topicPrefix();
  }

  SchemaCatalogue catalogue() {
    return session().connections().schemas(registry(registryUrl), prefix());
  }
}
