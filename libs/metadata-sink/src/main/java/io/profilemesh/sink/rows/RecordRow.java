package io.profilemesh.sink.rows;

/**
 * A decoded and checked record on its way to rows.
 *
 * @param record the record
 * @param value its bytes as they came
 * @param partition where it is
 * @param offset where it is
 */
public record RecordRow<T>(T record, byte[] value, int partition, long offset) {}
