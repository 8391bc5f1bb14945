package io.profilemesh.drift.wiring;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jboss.logging.Logger;

/**
 * A result could not be written. Nothing is ever dropped: what may pass is tried again, anything
 * else ends the thread, whose transaction is then void, and the health check tells.
 */
public final class UnwritableHandler implements ProductionExceptionHandler {

  private static final Logger LOGGER = Logger.getLogger(UnwritableHandler.class);

  @Override
  public void configure(Map<String, ?> configs) {}

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception error) {
    if (error instanceof RetriableException) {
      return Response.retry();
    }
    LOGGER.errorf(
        "A record for %s cannot be written: %s", record.topic(), error.getClass().getSimpleName());
    return Response.fail();
  }

  @Override
  @SuppressWarnings("rawtypes") // the interface's own signature
  public Response handleSerializationError(
      ErrorHandlerContext context,
      ProducerRecord record,
      Exception error,
      SerializationExceptionOrigin origin) {
    LOGGER.errorf("A record for %s cannot be serialised: %s", record.topic(), error.getMessage());
    return Response.fail();
  }
}
