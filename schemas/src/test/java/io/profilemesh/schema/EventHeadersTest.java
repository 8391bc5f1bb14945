package io.profilemesh.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventHeadersTest {

  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void shouldCarryCloudEventsAttributesAndTheTrace() {
    RunEvent event = Contract.sample(RunEvent.class);
    EventHeaders headers =
        EventHeaders.of(
            "production",
            "profiler-service",
            event,
            event.getEventId(),
            Instant.parse("2026-11-20T02:00:09.480Z"),
            TRACE);

    assertThat(texts(headers.toHeaders()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "ce_specversion", "1.0",
                "ce_id", event.getEventId(),
                "ce_type", "io.profilemesh.RunEvent",
                "ce_source", "/profilemesh/production/profiler-service",
                "ce_time", "2026-11-20T02:00:09.480Z",
                "content-type", "application/avro",
                "traceparent", TRACE));
  }

  @Test
  void shouldCarryNoTraceWhenThereIsNone() {
    assertThat(texts(headers(null).toHeaders())).doesNotContainKey("traceparent");
  }

  @Test
  void shouldEscapeWhatDoesNotBelongIntoASource() {
    EventHeaders headers =
        EventHeaders.of("a b/c", "s", Contract.sample(RunEvent.class), "1", Instant.EPOCH, null);

    assertThat(headers.source()).isEqualTo("/profilemesh/a%20b%2Fc/s");
  }

  @Test
  void shouldFindTheTraceOfARecord() {
    assertThat(EventHeaders.traceparent(headers(TRACE).toHeaders())).contains(TRACE);
    assertThat(EventHeaders.traceparent(new RecordHeaders())).isEmpty();
    assertThat(EventHeaders.traceparent(new RecordHeaders().add("traceparent", null))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"
      })
  void shouldIgnoreAForeignTraceThatIsInvalidAndRefuseAnOwnOne(String trace) {
    assertThat(
            EventHeaders.traceparent(new RecordHeaders().add("traceparent", trace.getBytes(UTF_8))))
        .isEmpty();
    assertThatThrownBy(() -> headers(trace)).isInstanceOf(IllegalArgumentException.class);
  }

  private static EventHeaders headers(String trace) {
    return new EventHeaders("1", "t", "/s", Instant.EPOCH, trace);
  }

  private static Map<String, String> texts(Headers headers) {
    Map<String, String> texts = new TreeMap<>();
    headers.forEach(header -> texts.put(header.key(), new String(header.value(), UTF_8)));
    return texts;
  }
}
