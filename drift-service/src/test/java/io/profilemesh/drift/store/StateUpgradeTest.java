package io.profilemesh.drift.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.core.drift.DriftKind;
import io.profilemesh.core.drift.RunPoint;
import io.profilemesh.core.drift.Severity;
import io.profilemesh.core.incident.Feedback;
import io.profilemesh.core.incident.Incident;
import io.profilemesh.core.incident.Incident.Care;
import io.profilemesh.core.incident.Incident.Course;
import io.profilemesh.core.incident.Incident.Origin;
import io.profilemesh.core.incident.Incident.Scale;
import io.profilemesh.core.incident.Incident.Status;
import io.profilemesh.core.incident.IncidentKey;
import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.FrequentValues;
import io.profilemesh.core.profile.FrequentValues.FrequentValue;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Quality;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.drift.store.DatasetOrders.Mute;
import io.profilemesh.drift.store.IncompleteRuns.FirstPart;
import io.profilemesh.drift.store.IncompleteRuns.PartSet;
import io.profilemesh.judgement.memory.ColumnHistories;
import io.profilemesh.judgement.memory.ColumnHistory;
import io.profilemesh.judgement.memory.ColumnPoint;
import io.profilemesh.judgement.memory.DatasetState;
import io.profilemesh.judgement.memory.DatasetState.JudgedRun;
import io.profilemesh.judgement.memory.DatasetStates;
import io.profilemesh.judgement.memory.RunEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Entries as versions of the service wrote them, each in a file named after its store and layout.
 * The files are never changed: a new layout gets a file of its own, which {@code
 * -Dstate.write=true} writes where it is missing, and the older ones must still be read.
 */
class StateUpgradeTest {

  private static final Path FILES = Path.of("src/test/resources/state");
  private static final Instant MONDAY = Instant.parse("2026-03-02T06:00:00.123Z");
  private static final RunId RUN = new RunId(new UUID(0x0123456789abcdefL, 0x8edcba9876543210L));

  /** An entry, as it is to be read. */
  private record Entry(String file, Serde<?> serde, Object value) {

    byte[] bytes() throws IOException {
      return HexFormat.of().parseHex(Files.readString(path()).replaceAll("\\s", ""));
    }

    Path path() {
      return FILES.resolve(file + ".hex");
    }

    Object read(byte[] bytes) {
      return serde.deserializer().deserialize("changelog", bytes);
    }

    byte[] written() {
      return write(serde, value);
    }

    @SuppressWarnings("unchecked")
    private static <T> byte[] write(Serde<T> serde, Object value) {
      return serde.serializer().serialize("changelog", (T) value);
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<Entry> entries() {
    return Stream.of(
        new Entry(
            "datasets-1",
            new BinarySerde<>(DatasetStates::encode, DatasetStates::decode),
            dataset(null)),
        new Entry(
            "datasets-2",
            new BinarySerde<>(DatasetStates::encode, DatasetStates::decode),
            dataset(1_500.0)),
        new Entry(
            "columns-2",
            new BinarySerde<>(ColumnHistories::encode, ColumnHistories::decode),
            column()),
        new Entry("incomplete-runs-1", IncompleteRuns.serde(), incomplete()),
        new Entry("incidents-1", KnownIncidents.serde(), incidents()),
        new Entry("incidents-2", KnownIncidents.serde(), incidents()),
        new Entry("orders-1", DatasetOrders.serde(), orders()),
        new Entry(
            "awaited-runs-1",
            Awaited.serde(),
            new Awaited(MONDAY, Duration.ofMinutes(30), true, null, null, List.of())),
        new Entry(
            "awaited-runs-2",
            Awaited.serde(),
            new Awaited(
                MONDAY,
                Duration.ofMinutes(30),
                true,
                "nightly",
                "shop-team",
                List.of("gold", "daily"))),
        new Entry("key-of-column", ColumnKey.serde(), new ColumnKey("shop/public/orders", "größe")),
        new Entry(
            "key-of-incident",
            IncidentSlot.serde(),
            new IncidentSlot("shop/public/orders", incidents().incidents().get(0).key())),
        new Entry("key-of-part", PartKey.serde(), new PartKey("shop/public/orders", "run", 2, 11)),
        new Entry("key-of-dataset", Serdes.String(), "shop/public/orders"));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void shouldReadWhatAnEarlierVersionWrote(Entry entry) throws IOException {
    // given
    if (Boolean.getBoolean("state.write") && Files.notExists(entry.path())) {
      Files.writeString(entry.path(), HexFormat.of().formatHex(entry.written()) + "\n");
    }

    // when
    Object read = entry.read(entry.bytes());

    // then
    assertThat(read).isEqualTo(entry.value());
    assertThat(entry.read(entry.written())).as("and written anew").isEqualTo(entry.value());
  }

  @ParameterizedTest
  @MethodSource("entries")
  void shouldHaveAFileForTheLayoutItWrites(Entry entry) throws IOException {
    // given
    byte layout = entry.written()[0];

    // when: the newest of the store
    Path newest =
        entry.file().startsWith("key-")
            ? entry.path()
            : FILES.resolve(entry.file().replaceAll("-\\d+$", "-" + layout) + ".hex");

    // then: the very bytes, so that no change of them goes unnoticed
    assertThat(newest).exists();
    if (newest.equals(entry.path())) {
      assertThat(entry.written()).isEqualTo(entry.bytes());
    }
  }

  @ParameterizedTest
  @MethodSource("entries")
  void shouldRefuseAnEntryOfANewerVersion(Entry entry) throws IOException {
    if (entry.file().startsWith("key-")) {
      return;
    }
    // given
    byte[] bytes = entry.bytes();
    bytes[0] = 99;

    // when / then
    assertThatThrownBy(() -> entry.read(bytes))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("layout 99")
        .hasMessageContaining("Reset");
  }

  private static DatasetState dataset(@Nullable Double age) {
    return new DatasetState(
        7,
        List.of(
            new RunEntry(5, new RunPoint(RUN, MONDAY), 3_000_000, Quality.EXACT, 0, age),
            new RunEntry(
                6,
                new RunPoint(RunId.derivedFrom("b"), MONDAY.plusSeconds(86_400)),
                10,
                Quality.ESTIMATE,
                -1,
                null)),
        List.of(
            new JudgedRun(RUN, 2, Long.MIN_VALUE), new JudgedRun(RunId.derivedFrom("b"), 1, 5)));
  }

  private static ColumnHistory column() {
    ColumnDefinition price =
        new ColumnDefinition(
            new ColumnName("unit_price"), 3, "numeric(12,2)", ColumnType.DECIMAL, false, null);
    ColumnDefinition before =
        new ColumnDefinition(
            new ColumnName("unit_price"), 3, "numeric(10,2)", ColumnType.DECIMAL, null, null);
    Map<Metric, MetricValue> metrics =
        Map.of(
            Metric.NULL_COUNT, MetricValue.exact(17),
            Metric.MEAN, MetricValue.exact(50.12),
            Metric.SKEWNESS, MetricValue.exact(Math.PI),
            Metric.DISTINCT_COUNT, MetricValue.approximate(1_024, 960, 1_088),
            Metric.MAX, new MetricValue(99.5, null, Quality.ESTIMATE, null, null));
    return new ColumnHistory(
        List.of(
            new ColumnPoint(4, before, Map.of(), null, null),
            new ColumnPoint(5, price, metrics, quantiles(0), frequent()),
            new ColumnPoint(6, price, metrics, quantiles(8), frequent()),
            new ColumnPoint(7, price, null, null, null)));
  }

  private static Quantiles quantiles(double moved) {
    return new Quantiles(
        Quantiles.RANKS,
        Stream.of(-64.0, -32.0, -16.0, 0.0, 32.0, 128.0, 256.0, 512.0, 1_024.0)
            .map(value -> value + moved)
            .toList(),
        0.0133);
  }

  private static FrequentValues frequent() {
    return new FrequentValues(
        List.of(
            new FrequentValue("paid", null, 1 << 15, 0),
            new FrequentValue(null, "0123456789abcdef", 1 << 14, 0),
            new FrequentValue("größe", null, 1 << 14, 0)),
        1 << 16,
        Quality.EXACT);
  }

  private static IncompleteRuns incomplete() {
    return new IncompleteRuns(
        List.of(
            new PartSet(
                "run", 2, 3, -5, Map.of(0, 1L, 2, -1L), new FirstPart("t", 4, 99, 1, 512))));
  }

  private static KnownIncidents incidents() {
    return new KnownIncidents(
        List.of(
            new Incident(
                "incident-1",
                new IncidentKey(new ColumnName("email"), "completeness"),
                new Origin(
                    DriftKind.COMPLETENESS,
                    "null_percent",
                    "learned_bounds",
                    RUN,
                    "event-1",
                    MONDAY,
                    MONDAY.plusSeconds(1),
                    1.5,
                    35.25,
                    null),
                new Course(
                    Status.RESOLVED,
                    RUN,
                    "event-2",
                    MONDAY.plusSeconds(60),
                    MONDAY.plusSeconds(61),
                    MONDAY.plusSeconds(61),
                    2,
                    1,
                    List.of(RUN, RunId.derivedFrom("b")),
                    "email of orders: 35.3 % of values are missing."),
                new Scale(
                    Severity.LOW, Severity.HIGH, 0.125, 0.5, Severity.HIGH, 0.5, Set.of("a", "b")),
                new Care(
                    "shop-team",
                    List.of("gold", "daily"),
                    "ada",
                    null,
                    MONDAY.plusSeconds(3_600),
                    Feedback.CONFIRMED),
                9)));
  }

  private static DatasetOrders orders() {
    return new DatasetOrders(
        RUN,
        List.of(new Mute("email", null, MONDAY), new Mute(null, "row_count", MONDAY)),
        List.of(new UUID(1, 2)));
  }
}
