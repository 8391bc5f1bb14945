package io.profilemesh.profiler.trigger;

import io.profilemesh.schema.EventHeaders;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RecordRules;
import io.profilemesh.schema.Refusal;
import io.profilemesh.schema.json.RequestJson;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RecordDecoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads requests, in Avro or JSON by their topic. */
final class RequestReader {

  private final RecordDecoder<ProfileRequest> decoder;
  private final String jsonTopic;

  /**
   * @param jsonTopic topic whose values are JSON text; all others hold Avro
   */
  RequestReader(RecordDecoder<ProfileRequest> decoder, String jsonTopic) {
    this.decoder = decoder;
    this.jsonTopic = jsonTopic;
  }

  /** What a record is. */
  sealed interface Read {

    /** A request, good or bad. */
    record Request(ReceivedRequest request) implements Read {}

    /** No request at all: for the dead letters. */
    record Undecodable(
        ConsumerRecord<byte[], byte[]> record,
        ReasonCode code,
        String message,
        @Nullable Integer schemaId)
        implements Read {}
  }

  /**
   * Reads a record.
   *
   * @throws io.profilemesh.schema.serde.RegistryUnavailableException when its schema cannot be
   *     fetched now: try again later
   */
  Read read(ConsumerRecord<byte[], byte[]> record) {
    return record.topic().equals(jsonTopic) ? json(record) : avro(record);
  }

  private Read avro(ConsumerRecord<byte[], byte[]> record) {
    Decoded<ProfileRequest> decoded = decoder.decode(record.value());
    if (decoded instanceof Decoded.Value<ProfileRequest> value) {
      ProfileRequest request = value.record();
      return request(record, request, RecordRules.check(request).orElse(null));
    }
    Decoded.Refused<ProfileRequest> refused = (Decoded.Refused<ProfileRequest>) decoded;
    return new Read.Undecodable(record, refused.code(), refused.message(), refused.schemaId());
  }

  private Read json(ConsumerRecord<byte[], byte[]> record) {
    RequestJson.Parsed parsed = RequestJson.parse(record.value());
    if (parsed instanceof RequestJson.Parsed.Accepted accepted) {
      return request(record, accepted.request(), null);
    }
    Refusal refusal = ((RequestJson.Parsed.Refused) parsed).refusal();
    boolean isJson =
        refusal.code() != ReasonCode.EMPTY_RECORD && refusal.code() != ReasonCode.INVALID_JSON;
    return isJson
        ? request(record, JsonOutline.of(record.value()), refusal)
        : new Read.Undecodable(record, refusal.code(), refusal.message(), null);
  }

  private static Read request(
      ConsumerRecord<byte[], byte[]> record, ProfileRequest request, @Nullable Refusal refusal) {
    String coordinates = record.topic() + '/' + record.partition() + '/' + record.offset();
    String trace =
        EventHeaders.traceparent(record.headers()).orElseGet(() -> TraceContext.of(coordinates));
    return new Read.Request(new ReceivedRequest(request, refusal, coordinates, trace));
  }
}
