package io.profilemesh.drift.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.core.incident.IncidentRules;
import io.profilemesh.drift.query.QuestionKey;
import io.profilemesh.schema.TopicSettings;
import io.profilemesh.schema.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WiringTest {

  @ParameterizedTest
  @CsvSource({
    "production, true, exactly_once_v2, drift-0, ''",
    "test-crash, false, at_least_once, drift-0, ''",
    "production, false, exactly_once_v2, drift-0, profilemesh.chaos",
    "production, true, exactly_once, drift-0, profilemesh.processing-guarantee",
    "production, true, exactly_once_v2, 'a b', profilemesh.instance-id",
    "'', true, exactly_once_v2, drift-0, profilemesh.environment"
  })
  void shouldNameTheKeyWhenTheConfigurationIsWrong(
      String environment, boolean deduplication, String guarantee, String instance, String key) {
    if (key.isEmpty()) {
      assertThat(settings(environment, deduplication, guarantee, instance).environment())
          .isEqualTo(environment);
    } else {
      assertThatThrownBy(() -> settings(environment, deduplication, guarantee, instance))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(key);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "drift-0.drift:8092, drift-0.drift, 8092",
    "[::1]:80, [::1], 80",
    "drift-0, '', 0",
    "drift-0:0, '', 0",
    "drift-0:70000, '', 0",
    "http://drift-0:8092, '', 0"
  })
  void shouldReadTheAdvertisedAddress(String text, String host, int port) {
    if (port > 0) {
      assertThat(AdvertisedAddress.parse(text)).isEqualTo(new AdvertisedAddress(host, port));
    } else {
      assertThatThrownBy(() -> AdvertisedAddress.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("profilemesh.drift.advertised-address");
    }
  }

  @Test
  void shouldAdvertiseWhereItListensUnlessThatIsEverywhere() {
    assertThat(AdvertisedAddress.of("127.0.0.1", 8092, "pc")).hasToString("127.0.0.1:8092");
    assertThat(AdvertisedAddress.of("0.0.0.0", 8092, "pc")).hasToString("pc:8092");
    assertThat(AdvertisedAddress.of("::1", 8092, "pc")).hasToString("[::1]:8092");
  }

  @Test
  void shouldTakeTheTimeOfThePartitionWhenARecordHasNone() {
    // given
    RecordTimes times = new RecordTimes();

    // when / then
    assertThat(times.extract(record(77), 5)).isEqualTo(77);
    assertThat(times.extract(record(-1), 5)).isEqualTo(5);
    assertThat(times.extract(record(-1), -1)).isZero();
  }

  @Test
  void shouldStopWhenThreadsKeepDying() {
    // given
    AtomicLong clock = new AtomicLong();
    ThreadReplacement replacement = new ThreadReplacement(clock::get);
    // Without a stack trace: it is logged more than a hundred times.
    RuntimeException death = new RuntimeException("expected in a test", null, false, false) {};

    // when: slowly, then fast
    for (int i = 0; i < 100; i++) {
      clock.addAndGet(Duration.ofMinutes(1).toNanos());
      assertThat(replacement.handle(death)).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    }
    StreamThreadExceptionResponse last = StreamThreadExceptionResponse.REPLACE_THREAD;
    for (int i = 0; i < 20; i++) {
      last = replacement.handle(death);
    }

    // then
    assertThat(last).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
  }

  @Test
  void shouldSayWhatIsMissingWhenNotReady() {
    // given
    DriftStatus status = new DriftStatus();

    // when / then
    assertThat(status.obstacle()).isEqualTo(Optional.of("waiting for start"));
    status.waitFor("Kafka");
    assertThat(status.obstacle()).isEqualTo(Optional.of("waiting for Kafka"));
    status.started();
    status.streams(KafkaStreams.State.REBALANCING);
    assertThat(status.obstacle()).isEqualTo(Optional.of("the streams are REBALANCING"));
    assertThat(status.hasStarted()).isFalse();
    status.streams(KafkaStreams.State.RUNNING);
    assertThat(status.obstacle()).isEmpty();
    assertThat(status.hasStarted()).isTrue();
    status.registryLost(true);
    assertThat(status.obstacle()).isEqualTo(Optional.of("waiting for the schema registry"));
    assertThat(status.isAlive()).isTrue();
    status.streams(KafkaStreams.State.ERROR);
    assertThat(status.isAlive()).isFalse();
  }

  @Test
  void shouldTakeOnlyAddressesOfAWebPageForTheDashboard() {
    assertThat(DriftSettings.dashboard("https://mesh.example.com/ui"))
        .isEqualTo(java.net.URI.create("https://mesh.example.com/ui"));
    for (String wrong : java.util.List.of("mesh.example.com", "ftp://mesh", "http://", "a b")) {
      assertThatThrownBy(() -> DriftSettings.dashboard(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("profilemesh.dashboard-url");
    }
  }

  private static DriftSettings settings(
      String environment, boolean deduplication, String guarantee, String instance) {
    return new DriftSettings(
        environment,
        new Topics("p."),
        new TopicSettings(6, (short) 1),
        instance,
        Path.of("state"),
        guarantee,
        1,
        1,
        Duration.ofMillis(50),
        new AdvertisedAddress("localhost", 8092),
        Duration.ofSeconds(2),
        QuestionKey.NONE,
        IncidentRules.DEFAULT,
        null,
        Map.of(),
        Map.of(),
        deduplication);
  }

  private static ConsumerRecord<Object, Object> record(long timestamp) {
    return new ConsumerRecord<>(
        "t",
        0,
        0,
        timestamp,
        TimestampType.CREATE_TIME,
        0,
        0,
        "k",
        "v",
        new RecordHeaders(),
        Optional.empty());
  }
}
