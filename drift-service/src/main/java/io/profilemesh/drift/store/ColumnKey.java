package io.profilemesh.drift.store;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Key of a column's history. In bytes the dataset comes first and ends with a zero byte, which no
 * dataset id contains, so the columns of a dataset are neighbours.
 *
 * @param dataset canonical dataset id
 */
public record ColumnKey(String dataset, String column) {

  /** Bytes with which the keys of all columns of a dataset begin. */
  public static Serializer<String> prefix() {
    return (topic, dataset) -> (dataset + '\0').getBytes(StandardCharsets.UTF_8);
  }

  static Serde<ColumnKey> serde() {
    return new BinarySerde<>(ColumnKey::encode, ColumnKey::decode);
  }

  private static byte[] encode(ColumnKey key) {
    return (key.dataset + '\0' + key.column).getBytes(StandardCharsets.UTF_8);
  }

  private static ColumnKey decode(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    return new ColumnKey(text.substring(0, end), text.substring(end + 1));
  }
}
