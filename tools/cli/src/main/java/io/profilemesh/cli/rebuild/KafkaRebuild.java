package io.profilemesh.cli.rebuild;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.connection.JdbcAddress;
import io.profilemesh.cli.connection.KafkaAddress;
import io.profilemesh.metadata.DatabaseUnavailableException;
import io.profilemesh.metadata.MigrationRefusedException;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import io.profilemesh.sink.rebuild.Rebuild;
import io.profilemesh.sink.rebuild.RebuildListener;
import io.profilemesh.sink.rebuild.RebuildOptions;
import io.profilemesh.sink.rebuild.RebuildRefusedException;
import io.profilemesh.sink.rebuild.RebuildResult;
import io.profilemesh.sink.rebuild.TablesAddress;
import java.util.Map;

/** Rebuilds from the topics of a cluster into a PostgreSQL database. */
public final class KafkaRebuild implements TableRebuild {

  private final KafkaAddress topics;
  private final JdbcAddress tables;
  private final Map<String, String> registryConfig;

  /**
   * @param registryConfig Confluent's configuration keys
   */
  public KafkaRebuild(KafkaAddress topics, JdbcAddress tables, Map<String, String> registryConfig) {
    this.topics = topics;
    this.tables = tables;
    this.registryConfig = registryConfig;
  }

  @Override
  public RebuildResult run(RebuildOptions options, RebuildListener listener) {
    try {
      return new Rebuild(
              new TablesAddress(tables.url(), tables.username(), tables.password()),
              Map.of("bootstrap.servers", topics.bootstrapServers()),
              SchemaRegistryClient.of(registryConfig),
              new Topics(topics.topicPrefix()),
              listener)
          .run(options);
    } catch (RebuildRefusedException | MigrationRefusedException | DatabaseUnavailableException e) {
      throw Failure.failed(String.valueOf(e.getMessage()), "", e);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()), "");
    }
  }
}
