package io.profilemesh.e2e;

import static org.awaitility.Awaitility.await;

import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.Migrations;
import io.profilemesh.metadata.access.ApiKeySecret;
import io.profilemesh.metadata.access.ApiKeys;
import io.profilemesh.metadata.access.Grant;
import io.profilemesh.metadata.access.NewApiKey;
import io.profilemesh.metadata.access.Role;
import io.profilemesh.schema.BaselineStrategy;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stack;
import io.profilemesh.stack.Stacks;
import io.profilemesh.stack.local.Mesh;
import io.profilemesh.stack.local.MeshOptions;
import io.profilemesh.stack.local.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A whole mesh for one test class: own topics, own metadata database, own source database named
 * {@code shop}, on the stack that all tests of the JVM share.
 */
public final class TestMesh implements AutoCloseable {

  private final Stack stack = Stacks.shared();
  private final PostgresEndpoint source;
  private final Mesh mesh;
  private final String apiKey;
  private final KafkaProducer<String, byte[]> producer;
  private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * @param name letters and digits; tells meshes on one stack apart
   * @param environment further variables of all services
   */
  public TestMesh(String name, Path directory, Map<String, String> environment) {
    this(
        name,
        directory,
        environment,
        """
          - source: shop
            include: ["public.*"]
            owner: shop-team
            tags: [gold]
        """);
  }

  /**
   * @param datasets entries of the configuration's list of datasets
   */
  TestMesh(String name, Path directory, Map<String, String> environment, String datasets) {
    this(name, directory, environment, "", datasets);
  }

  /**
   * @param ofSource further fields of the source
   * @param datasets entries of the configuration's list of datasets
   */
  public TestMesh(
      String name,
      Path directory,
      Map<String, String> environment,
      String ofSource,
      String datasets) {
    source = stack.createDatabase("shop_" + name);
    MeshOptions options =
        Mesh.on(stack)
            .named(name)
            .metadataDatabase("metadata_" + name)
            .environment("PROFILEMESH_ENVIRONMENT", "test")
            .environment("PROFILEMESH_TOPIC_PREFIX", name + ".")
            .environment("SHOP_PASSWORD", source.password())
            .environment(
                Service.PROFILER,
                "PROFILEMESH_CONFIG",
                configuration(directory, source, ofSource, datasets).toString())
            .prepare("migrations", TestMesh::migrate);
    environment.forEach(options::environment);
    mesh = options.start();
    apiKey = makeKey(mesh.metadata());
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrapServers(), "linger.ms", "0"),
            new StringSerializer(),
            new ByteArraySerializer());
    serializer.configure(Map.of("schema.registry.url", mesh.schemaRegistryUrl().toString()), false);
  }

  private static void migrate(Mesh mesh) {
    PostgresEndpoint metadata = mesh.metadata();
    Migrations.of(metadata.jdbcUrl(), metadata.username(), metadata.password())
        .apply(ApplyOptions.all());
  }

  private static Path configuration(
      Path directory, PostgresEndpoint source, String ofSource, String datasets) {
    String yaml =
        """
        environment: test
        sources:
          shop:
            type: postgresql
            host: %s
            port: %d
            database: %s
            username: %s
            password: ${SHOP_PASSWORD}
            %s
        datasets:
        %s\
        """
            .formatted(
                source.host(),
                source.port(),
                source.database(),
                source.username(),
                ofSource,
                datasets);
    try {
      return Files.writeString(directory.resolve("profilemesh.yaml"), yaml);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public Topics topics() {
    return mesh.topics();
  }

  public Mesh services() {
    return mesh;
  }

  public Stack stack() {
    return stack;
  }

  MeshLog log() {
    return new MeshLog(stack.bootstrapServers(), mesh.schemaRegistryUrl());
  }

  public MetadataTables tables() {
    return new MetadataTables(mesh.metadata());
  }

  /** Runs statements on the source database. */
  public void source(String... statements) {
    try (Connection connection =
            DriverManager.getConnection(source.jdbcUrl(), source.username(), source.password());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The number that a query of the source database gives. */
  public long sourceNumber(String query) {
    try (Connection connection =
            DriverManager.getConnection(source.jdbcUrl(), source.username(), source.password());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The source database. */
  public PostgresEndpoint source() {
    return source;
  }

  /** Drops what change capture made in the source: a server has few slots. The profiler is down. */
  public void dropSlots() {
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(
            () -> {
              source(
                  "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                      + " WHERE database = current_database()");
              return true;
            });
  }

  /** Has every run judged against the one before by the simple thresholds, from now on. */
  public void compareWithPreviousRuns() {
    DriftPolicy simple =
        DriftPolicy.newBuilder()
            .setPolicyId("simple")
            .setStrategy(BaselineStrategy.PREVIOUS)
            .build();
    produce(topics().driftPolicies().name(), simple.getPolicyId(), simple);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                log().read(topics().policiesInForce().name()).stream()
                    .anyMatch(record -> "simple".equals(record.key())));
  }

  /** Produces a record as Avro and waits until the broker has it. */
  public void produce(String topic, String key, SpecificRecord record) {
    produce(topic, key, encode(topic, record));
  }

  public byte[] encode(String topic, SpecificRecord record) {
    return serializer.serialize(topic, record);
  }

  /** Produces bytes as they are and waits until the broker has them. */
  public void produce(String topic, String key, byte[] value) {
    try {
      producer.send(new ProducerRecord<>(topic, key, value)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a service says of its readiness, as JSON. */
  public String health(Service service) {
    return get(service, "/q/health/ready").body();
  }

  /** The answer of the query service. */
  public HttpResponse<String> get(String pathAndQuery) {
    return get(Service.QUERY, pathAndQuery);
  }

  /** The answer of a service. */
  public HttpResponse<String> get(Service service, String pathAndQuery) {
    return send(service, "GET", pathAndQuery);
  }

  /** What the query service answers to a request without a body. */
  HttpResponse<String> send(String method, String pathAndQuery) {
    return send(Service.QUERY, method, pathAndQuery);
  }

  private HttpResponse<String> send(Service service, String method, String pathAndQuery) {
    URI uri = URI.create(mesh.url(service) + pathAndQuery);
    try {
      return http.send(
          HttpRequest.newBuilder(uri)
              .header("X-API-Key", apiKey())
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(service + " did not answer " + uri, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A key that may everything. */
  String apiKey() {
    return apiKey;
  }

  private static String makeKey(PostgresEndpoint metadata) {
    ApiKeySecret secret = ApiKeySecret.random(new SecureRandom());
    List<Grant> grants = List.of(Grant.everywhere(Role.ADMIN));
    try (Connection connection = metadata.connect()) {
      ApiKeys.create(
          connection, new NewApiKey("tests", grants, "tests", Instant.now(), null), secret);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return secret.reveal();
  }

  /** Environment variables, for readability at the call. */
  static Map<String, String> with(String... namesAndValues) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      variables.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return variables;
  }

  @Override
  public void close() {
    producer.close();
    mesh.close();
  }
}
