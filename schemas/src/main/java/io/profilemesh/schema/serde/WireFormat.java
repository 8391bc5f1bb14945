package io.profilemesh.schema.serde;

/**
 * The Confluent wire format: a zero byte, the schema id in four bytes (big endian), the Avro bytes.
 */
final class WireFormat {

  static final byte MAGIC = 0;
  static final int HEADER_BYTES = 5;

  private WireFormat() {}

  static boolean hasHeader(byte[] value) {
    return value.length >= HEADER_BYTES && value[0] == MAGIC;
  }

  static int schemaId(byte[] value) {
    return (value[1] & 255) << 24
        | (value[2] & 255) << 16
        | (value[3] & 255) << 8
        | (value[4] & 255);
  }

  static void writeHeader(byte[] target, int schemaId) {
    target[0] = MAGIC;
    target[1] = (byte) (schemaId >>> 24);
    target[2] = (byte) (schemaId >>> 16);
    target[3] = (byte) (schemaId >>> 8);
    target[4] = (byte) schemaId;
  }
}
