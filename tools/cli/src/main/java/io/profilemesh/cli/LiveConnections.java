package io.profilemesh.cli;

import io.profilemesh.cli.access.KeyTables;
import io.profilemesh.cli.access.PostgresKeys;
import io.profilemesh.cli.check.Broker;
import io.profilemesh.cli.check.KafkaBroker;
import io.profilemesh.cli.connection.JdbcAddress;
import io.profilemesh.cli.connection.KafkaAddress;
import io.profilemesh.cli.export.PostgresExport;
import io.profilemesh.cli.export.TableExport;
import io.profilemesh.cli.letter.DeadLetterDesk;
import io.profilemesh.cli.letter.KafkaDeadLetters;
import io.profilemesh.cli.mesh.LocalMesh;
import io.profilemesh.cli.mesh.LocalStackMesh;
import io.profilemesh.cli.migrate.MetadataTables;
import io.profilemesh.cli.migrate.PostgresMetadata;
import io.profilemesh.cli.rebuild.KafkaRebuild;
import io.profilemesh.cli.rebuild.TableRebuild;
import io.profilemesh.cli.rest.HttpRest;
import io.profilemesh.cli.rest.Rest;
import io.profilemesh.cli.retention.PostgresRetention;
import io.profilemesh.cli.retention.TableRetention;
import io.profilemesh.cli.run.KafkaOrders;
import io.profilemesh.cli.run.KafkaSchedules;
import io.profilemesh.cli.run.KafkaTestEvents;
import io.profilemesh.cli.run.OrderSender;
import io.profilemesh.cli.run.ScheduleSender;
import io.profilemesh.cli.run.TestEventSender;
import io.profilemesh.cli.schemas.RegistryCatalogue;
import io.profilemesh.cli.schemas.SchemaCatalogue;
import io.profilemesh.cli.source.JdbcSourceProbe;
import io.profilemesh.cli.source.SourceProbe;
import io.profilemesh.cli.topic.KafkaTail;
import io.profilemesh.cli.topic.TopicTail;
import io.profilemesh.metadata.access.ApiKeySecret;
import io.profilemesh.schema.Topic;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ways to a real mesh. */
final class LiveConnections implements Connections {

  private static final String REGISTRY_USER = "PROFILEMESH_SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO";

  private final Map<String, String> environment;
  private final @Nullable Path home;

  LiveConnections(Map<String, String> environment, @Nullable Path home) {
    this.environment = environment;
    this.home = home;
  }

  @Override
  public Rest rest(URI server, @Nullable ApiKeySecret key) {
    return new HttpRest(server, key);
  }

  @Override
  public KeyTables keys(JdbcAddress address) {
    return new PostgresKeys(address);
  }

  @Override
  public OrderSender orders(KafkaAddress address) {
    return new KafkaOrders(address, registry(address.registryUrl()), InstantSource.system());
  }

  @Override
  public ScheduleSender schedules(KafkaAddress address) {
    return new KafkaSchedules(address, registry(address.registryUrl()), InstantSource.system());
  }

  @Override
  public TestEventSender testEvents(KafkaAddress address) {
    return new KafkaTestEvents(address, registry(address.registryUrl()));
  }

  @Override
  public TopicTail tail(Topic topic, KafkaAddress address) {
    return new KafkaTail(topic, address, registry(address.registryUrl()));
  }

  @Override
  public SchemaCatalogue schemas(URI registryUrl, String topicPrefix) {
    return new RegistryCatalogue(registry(registryUrl), topicPrefix);
  }

  @Override
  public MetadataTables metadata(JdbcAddress address) {
    return new PostgresMetadata(address);
  }

  @Override
  public TableExport export(JdbcAddress address) {
    return new PostgresExport(address);
  }

  @Override
  public TableRetention retention(JdbcAddress address) {
    return new PostgresRetention(address);
  }

  @Override
  public TableRebuild rebuild(KafkaAddress topics, JdbcAddress tables) {
    return new KafkaRebuild(topics, tables, registry(topics.registryUrl()));
  }

  @Override
  public DeadLetterDesk deadLetters(KafkaAddress address) {
    return new KafkaDeadLetters(address, registry(address.registryUrl()));
  }

  @Override
  public Broker broker(String bootstrapServers, String topicPrefix) {
    return new KafkaBroker(bootstrapServers, topicPrefix);
  }

  @Override
  public SourceProbe sources(List<Path> driverDirectories) {
    return new JdbcSourceProbe(driverDirectories);
  }

  @Override
  public LocalMesh localMesh(Path dataDirectory) {
    return new LocalStackMesh(dataDirectory, home);
  }

  private Map<String, String> registry(URI url) {
    Map<String, String> config = new HashMap<>();
    config.put("schema.registry.url", url.toString());
    String user = environment.get(REGISTRY_USER);
    if (user != null) {
      config.put("basic.auth.credentials.source", "USER_INFO");
      config.put("basic.auth.user.info", user);
    }
    return config;
  }
}
