package io.profilemesh.schema;

import org.jspecify.annotations.Nullable;

/** Makes dead letters: one per refused record and service, the same one at every try. */
public final class DeadLetters {

  private static final int LONGEST_MESSAGE = 500;

  private DeadLetters() {}

  /**
   * The dead letter of a record.
   *
   * @param environment environment of the mesh
   * @param service service that refuses the record, such as {@code query-service}
   * @param where where the record is
   * @param code why
   * @param message one sentence without values of the record
   * @param schemaId schema id in the record's header; null where it had none
   */
  public static DeadLetter of(
      String environment,
      String service,
      RecordCoordinates where,
      ReasonCode code,
      String message,
      @Nullable Integer schemaId) {
    return DeadLetter.newBuilder()
        .setDeadLetterId(id(service, where.topic(), where.partition(), where.offset()))
        .setEnvironment(environment)
        .setService(service)
        .setTopic(where.topic())
        .setPartition(where.partition())
        .setOffset(where.offset())
        .setCode(code.name())
        .setMessage(oneLine(message))
        .setSchemaId(schemaId)
        .setSizeBytes(where.sizeBytes())
        .setRecordTimestamp(where.timestamp())
        .build();
  }

  /** Identity of the dead letter that a service writes about a record. */
  public static String id(String service, String topic, int partition, long offset) {
    return EventIds.of(service, topic, Integer.toString(partition), Long.toString(offset));
  }

  private static String oneLine(String message) {
    String line = message.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
  }
}
