package io.profilemesh.drift.wiring;

import io.profilemesh.drift.processor.RegistryPatience.StoppedException;
import io.profilemesh.schema.ReasonCode;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A step failed. Where Kafka, the state or the registry is at fault the thread starts anew and
 * tries the record again; a defect of ours costs the record, as a dead letter, and not its
 * neighbours.
 */
public final class DefectHandler implements ProcessingExceptionHandler {

  private static final Logger LOGGER = Logger.getLogger(DefectHandler.class);

  private @Nullable HandlerLetters letters;

  @Override
  public void configure(Map<String, ?> configs) {
    letters = HandlerLetters.from(configs);
  }

  @Override
  public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception error) {
    if (letters == null || isOutside(error) || context.topic() == null) {
      return Response.fail();
    }
    LOGGER.errorf(
        error,
        "Step %s failed on record %s-%d@%d, which becomes a dead letter",
        context.processorNodeId(),
        context.topic(),
        context.partition(),
        context.offset());
    return Response.resume(
        List.of(
            letters.about(
                context,
                ReasonCode.INTERNAL_ERROR,
                "The drift service failed on this record; its log has the details.")));
  }

  private static boolean isOutside(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof KafkaException || cause instanceof StoppedException) {
        return true;
      }
    }
    return false;
  }
}
