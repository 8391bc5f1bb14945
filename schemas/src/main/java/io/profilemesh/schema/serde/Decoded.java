package io.profilemesh.schema.serde;

import io.profilemesh.schema.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * What became of the bytes of a record's value.
 *
 * @param <T> type of the record
 */
public sealed interface Decoded<T> {

  /**
   * A record.
   *
   * @param record the record, in the reader's own schema
   * @param schemaId id of the schema it was written with
   */
  record Value<T>(T record, int schemaId) implements Decoded<T> {}

  /**
   * Bytes that are no such record, now and at every later try.
   *
   * @param code why
   * @param message one sentence for people, without content of the record
   * @param schemaId id in the header; null where there was none
   */
  record Refused<T>(ReasonCode code, String message, @Nullable Integer schemaId)
      implements Decoded<T> {}
}
