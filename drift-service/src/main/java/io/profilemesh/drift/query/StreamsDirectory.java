package io.profilemesh.drift.query;

import io.profilemesh.drift.store.Stores;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The directory as Kafka Streams has it; other instances are asked over HTTP. Thread-safe. */
final class StreamsDirectory implements StateDirectory {

  private static final Duration CONNECT = Duration.ofSeconds(1);

  private final KafkaStreams streams;
  private final Instance self;
  private final Duration patience;
  private final QuestionKey key;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * For running streams.
   *
   * @param patience how long another instance may take
   * @param key what is shown to it
   */
  StreamsDirectory(KafkaStreams streams, Instance self, Duration patience, QuestionKey key) {
    this.streams = streams;
    this.self = self;
    this.patience = patience;
    this.key = key;
  }

  @Override
  public Instance self() {
    return self;
  }

  @Override
  public Holders holders(String dataset) throws AwayException {
    KeyQueryMetadata metadata;
    try {
      metadata = streams.queryMetadataForKey(Stores.DATASETS, dataset, new StringSerializer());
    } catch (IllegalStateException | KafkaException e) {
      throw new AwayException("The service does not run yet, or no more.");
    }
    if (metadata == null || metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
      throw new AwayException("Partitions are being dealt out to the instances.");
    }
    List<Instance> standbys =
        metadata.standbyHosts().stream()
            .map(StreamsDirectory::instance)
            .sorted(this::nearFirst)
            .toList();
    return new Holders(metadata.partition(), instance(metadata.activeHost()), standbys);
  }

  private int nearFirst(Instance one, Instance other) {
    return Boolean.compare(other.equals(self), one.equals(self));
  }

  private static Instance instance(HostInfo info) {
    return new Instance(info.host(), info.port());
  }

  @Override
  public Optional<BaselineView> here(Question question, int partition, Copy copy)
      throws AwayException {
    try {
      return new BaselineReader(
              store(Stores.DATASETS, partition, copy),
              store(Stores.COLUMNS, partition, copy),
              store(Stores.ORDERS, partition, copy))
          .read(question.dataset(), question.column());
    } catch (InvalidStateStoreException e) {
      throw new AwayException("The state moves to another instance, or is being restored.");
    }
  }

  private <K, V> ReadOnlyKeyValueStore<K, V> store(String name, int partition, Copy copy) {
    StoreQueryParameters<ReadOnlyKeyValueStore<K, V>> parameters =
        StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<K, V>keyValueStore())
            .withPartition(partition);
    return streams.store(copy == Copy.STANDBY ? parameters.enableStaleStores() : parameters);
  }

  @Override
  public Reply there(Instance instance, Question question, Copy copy) throws AwayException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(instance, question))
            .timeout(patience)
            .header(BaselineRoutes.FORWARDED, copy.name());
    String shown = key.header();
    if (shown != null) {
      request.header("Authorization", shown);
    }
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 401) {
        throw new AwayException(
            "The instance %s asks for a key: all of them need the same one.".formatted(instance));
      }
      if (answer.statusCode() != 200 && answer.statusCode() != 404) {
        throw new AwayException("The instance %s cannot answer now.".formatted(instance));
      }
      return new Reply(
          answer.statusCode(),
          answer.headers().firstValue("Content-Type").orElse("application/json"),
          answer.body());
    } catch (IOException e) {
      throw new AwayException("The instance %s does not answer.".formatted(instance));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AwayException("The service stops.");
    }
  }

  private static URI address(Instance instance, Question question) {
    String address = "http://" + instance + BaselineRoutes.PATH + "/" + encoded(question.dataset());
    return URI.create(
        question.column() == null ? address : address + "?column=" + encoded(question.column()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
