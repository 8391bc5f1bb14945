package io.profilemesh.drift.wiring;

import io.profilemesh.schema.ReasonCode;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Bytes are read as bytes, which cannot fail; should it happen all the same, the record becomes a
 * dead letter and the stream goes on.
 */
public final class UndecodableHandler implements DeserializationExceptionHandler {

  private @Nullable HandlerLetters letters;

  @Override
  public void configure(Map<String, ?> configs) {
    letters = HandlerLetters.from(configs);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception error) {
    return letters == null
        ? Response.fail()
        : Response.resume(
            List.of(
                letters.about(
                    context,
                    ReasonCode.UNDECODABLE_RECORD,
                    "The bytes of the record cannot be read.")));
  }
}
