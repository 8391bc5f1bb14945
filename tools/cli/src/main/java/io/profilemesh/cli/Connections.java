package io.profilemesh.cli;

import io.profilemesh.cli.access.KeyTables;
import io.profilemesh.cli.check.Broker;
import io.profilemesh.cli.connection.JdbcAddress;
import io.profilemesh.cli.connection.KafkaAddress;
import io.profilemesh.cli.export.TableExport;
import io.profilemesh.cli.letter.DeadLetterDesk;
import io.profilemesh.cli.mesh.LocalMesh;
import io.profilemesh.cli.migrate.MetadataTables;
import io.profilemesh.cli.rebuild.TableRebuild;
import io.profilemesh.cli.rest.Rest;
import io.profilemesh.cli.retention.TableRetention;
import io.profilemesh.cli.run.OrderSender;
import io.profilemesh.cli.run.ScheduleSender;
import io.profilemesh.cli.run.TestEventSender;
import io.profilemesh.cli.schemas.SchemaCatalogue;
import io.profilemesh.cli.source.SourceProbe;
import io.profilemesh.cli.topic.TopicTail;
import io.profilemesh.metadata.access.ApiKeySecret;
import io.profilemesh.schema.Topic;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ways to a mesh. Nothing of Kafka, Flyway or JDBC is loaded before it is asked for. */
public interface Connections {

  /**
   * The query service at an address.
   *
   * @param key key to show it, or null for none
   */
  Rest rest(URI server, @Nullable ApiKeySecret key);

  /** The keys in a metadata database. */
  KeyTables keys(JdbcAddress address);

  /** The topic of requests; the caller closes it. */
  OrderSender orders(KafkaAddress address);

  /** The topic of instructions to pipelines; the caller closes it. */
  ScheduleSender schedules(KafkaAddress address);

  /** The topic of drift events, for tests of alerts; the caller closes it. */
  TestEventSender testEvents(KafkaAddress address);

  /** The records of a topic; the caller closes it. */
  TopicTail tail(Topic topic, KafkaAddress address);

  /** The registry's schemas. */
  SchemaCatalogue schemas(URI registryUrl, String topicPrefix);

  /** The metadata tables in a database. */
  MetadataTables metadata(JdbcAddress address);

  /** The export of a database's metadata tables. */
  TableExport export(JdbcAddress address);

  /** The retention of a database's metadata tables. */
  TableRetention retention(JdbcAddress address);

  /** The rebuilding of a database's derived tables from topics. */
  TableRebuild rebuild(KafkaAddress topics, JdbcAddress tables);

  /** The dead letters; the caller closes it. */
  DeadLetterDesk deadLetters(KafkaAddress address);

  /**
   * A Kafka cluster, to be examined.
   *
   * @param bootstrapServers brokers, {@code host:port} separated by commas
   * @param topicPrefix start of every topic name
   */
  Broker broker(String bootstrapServers, String topicPrefix);

  /**
   * Configured sources, to be examined.
   *
   * @param driverDirectories where jars of drivers are
   */
  SourceProbe sources(List<Path> driverDirectories);

  /** The local mesh that keeps its data in a directory. */
  LocalMesh localMesh(Path dataDirectory);
}
