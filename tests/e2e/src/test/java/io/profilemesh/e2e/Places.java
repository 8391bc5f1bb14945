package io.profilemesh.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.local.Service;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Everywhere a mesh leaves bytes: topics, tables, answers, logs, state, and the command line. */
final class Places {

  private final TestMesh mesh;
  private final HttpClient http = HttpClient.newHttpClient();

  Places(TestMesh mesh) {
    this.mesh = mesh;
  }

  /** Shows the content of every place under its name; ends the drift service, to read its files. */
  void each(BiConsumer<String, byte[]> looker) throws IOException {
    answers(looker);
    commands(looker);
    tables(looker);
    topics(looker);
    mesh.services().stop(Service.DRIFT);
    files(looker);
  }

  /** Every topic of the broker, changelogs and the broker's own included, aborted records too. */
  private void topics(BiConsumer<String, byte[]> looker) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            mesh.stack().bootstrapServers(),
            "isolation.level",
            "read_uncommitted",
            "max.partition.fetch.bytes",
            "8388608");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", mesh.stack().bootstrapServers()));
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      for (String topic :
          admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get()) {
        List<TopicPartition> partitions =
            consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
          for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            show(looker, "topic " + topic, record.key());
            show(looker, "topic " + topic, record.value());
            for (Header header : record.headers()) {
              show(looker, "topic " + topic, header.value());
            }
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void show(BiConsumer<String, byte[]> looker, String place, byte[] bytes) {
    if (bytes != null) {
      looker.accept(place, bytes);
    }
  }

  /** Every row of every table of the metadata database. */
  private void tables(BiConsumer<String, byte[]> looker) {
    PostgresEndpoint database = mesh.services().metadata();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                  + " AND relkind IN ('r', 'p', 'v', 'm') AND NOT relispartition")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet rows =
            statement.executeQuery("SELECT t::text FROM \"" + table + "\" AS t")) {
          while (rows.next()) {
            looker.accept("table " + table, rows.getString(1).getBytes(StandardCharsets.UTF_8));
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every answer that the services give. */
  private void answers(BiConsumer<String, byte[]> looker) throws IOException {
    for (Service service : Service.values()) {
      for (String path : List.of("/q/metrics", "/q/health")) {
        answer(looker, service.key() + " " + path, service, path);
      }
    }
    for (String format : List.of("json", "csv")) {
      for (String list : List.of("runs", "drift-events", "tables", "table-states")) {
        String path = "/api/v1/" + list;
        answer(looker, "rest " + path, Service.QUERY, path + "?limit=500&format=" + format);
      }
      for (JsonNode run : items("/api/v1/runs?limit=500")) {
        String query = "?dataset=" + encode(run, "datasetId") + "&format=" + format;
        String path = "/api/v1/runs/" + run.get("runId").asText();
        answer(looker, "rest /api/v1/runs/{runId}", Service.QUERY, path + query);
        answer(
            looker, "rest /api/v1/runs/{runId}/verdict", Service.QUERY, path + "/verdict" + query);
      }
      for (JsonNode table : items("/api/v1/tables?limit=500")) {
        String path = "/api/v1/tables/" + encode(table, "datasetId");
        answer(looker, "rest /api/v1/tables/{id}", Service.QUERY, path + "?format=" + format);
        answer(
            looker,
            "rest /api/v1/tables/{id}/history",
            Service.QUERY,
            path + "/history?format=" + format);
      }
    }
  }

  private void answer(BiConsumer<String, byte[]> looker, String place, Service service, String path)
      throws IOException {
    URI uri = URI.create(mesh.services().url(service) + path);
    try {
      looker.accept(
          place,
          http.send(
                  HttpRequest.newBuilder(uri).header("X-API-Key", mesh.apiKey()).build(),
                  HttpResponse.BodyHandlers.ofByteArray())
              .body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private JsonNode items(String path) throws IOException {
    return new ObjectMapper().readTree(mesh.get(path).body()).get("items");
  }

  private static String encode(JsonNode item, String field) {
    return URLEncoder.encode(item.get(field).asText(), StandardCharsets.UTF_8);
  }

  /** What the command line prints about all of it. */
  private void commands(BiConsumer<String, byte[]> looker) throws IOException {
    for (String format : List.of("table", "json", "csv")) {
      command(looker, "cli query runs", "query", "runs", "--all", "--format", format);
      command(looker, "cli query drift", "query", "drift", "--all", "--format", format);
      for (JsonNode run : items("/api/v1/runs?limit=500&status=completed")) {
        String id = run.get("runId").asText();
        String dataset = run.get("datasetId").asText();
        command(
            looker, "cli query run", "query", "run", id, "--dataset", dataset, "--format", format);
      }
    }
  }

  private void command(BiConsumer<String, byte[]> looker, String place, String... words)
      throws IOException {
    try (CliProcess command = CliProcess.start(mesh, words)) {
      if (command.awaitExit() != 0) {
        throw new IOException(place + " failed: " + command.err());
      }
      looker.accept(place, (command.out() + command.err()).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Logs and state directories: all files of the stack but the database's and the broker's own. */
  private void files(BiConsumer<String, byte[]> looker) throws IOException {
    Path root = mesh.services().log(Service.QUERY).getParent().getParent();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String first = root.relativize(file).getName(0).toString();
        boolean database = first.equals("postgres") || first.equals("broker");
        // The database says in its log what was wrong with whose value: that is the source's own.
        boolean log = file.getFileName().toString().startsWith("postgres");
        if (!database && !log) {
          looker.accept("file " + root.relativize(file), Files.readAllBytes(file));
        }
      }
    }
  }
}
