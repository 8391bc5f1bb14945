package io.profilemesh.schema;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a record's headers: CloudEvents 1.0 attributes in Kafka's binary mode and, where
 * there is one, the W3C trace context.
 *
 * @param id {@code ce_id}: with the source, identity of the event
 * @param type {@code ce_type}, such as {@code io.profilemesh.RunEvent}
 * @param source {@code ce_source}, such as {@code /profilemesh/production/profiler-service}
 * @param time {@code ce_time}: when it happened
 * @param traceparent W3C trace context; null: none
 */
public record EventHeaders(
    String id, String type, String source, Instant time, @Nullable String traceparent) {

  public static final String ID = "ce_id";
  public static final String TYPE = "ce_type";
  public static final String SOURCE = "ce_source";
  public static final String TIME = "ce_time";
  public static final String SPEC_VERSION = "ce_specversion";
  public static final String CONTENT_TYPE = "content-type";
  public static final String TRACEPARENT = "traceparent";

  private static final String AVRO = "application/avro";
  private static final Pattern VALID_TRACEPARENT =
      Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  public EventHeaders {
    if (id.isEmpty() || type.isEmpty() || source.isEmpty()) {
      throw new IllegalArgumentException("an event has an id, a type and a source");
    }
    if (traceparent != null && !VALID_TRACEPARENT.matcher(traceparent).matches()) {
      throw new IllegalArgumentException("traceparent is no W3C trace context");
    }
  }

  /**
   * Headers of a record.
   *
   * @param environment environment of the mesh
   * @param service service that writes it
   * @param id identity of the event among those of the service
   * @param time when it happened
   * @param traceparent trace it belongs to; null: none
   */
  public static EventHeaders of(
      String environment,
      String service,
      SpecificRecord record,
      String id,
      Instant time,
      @Nullable String traceparent) {
    return new EventHeaders(
        id,
        "io.profilemesh." + record.getSchema().getName(),
        "/profilemesh/" + encode(environment) + "/" + encode(service),
        time,
        traceparent);
  }

  /** The headers as Kafka's. */
  public Headers toHeaders() {
    Headers headers = new RecordHeaders();
    add(headers, SPEC_VERSION, "1.0");
    add(headers, ID, id);
    add(headers, TYPE, type);
    add(headers, SOURCE, source);
    add(headers, TIME, time.toString());
    add(headers, CONTENT_TYPE, AVRO);
    if (traceparent != null) {
      add(headers, TRACEPARENT, traceparent);
    }
    return headers;
  }

  /** The trace context of a consumed record; empty when it has none or an invalid one. */
  public static Optional<String> traceparent(Headers headers) {
    Header last = headers.lastHeader(TRACEPARENT);
    return Optional.ofNullable(last == null ? null : last.value())
        .map(value -> new String(value, StandardCharsets.US_ASCII))
        .filter(text -> VALID_TRACEPARENT.matcher(text).matches());
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
