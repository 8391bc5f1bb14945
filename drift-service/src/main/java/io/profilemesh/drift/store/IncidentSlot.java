package io.profilemesh.drift.store;

import io.profilemesh.core.incident.IncidentKey;
import io.profilemesh.core.profile.ColumnName;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Key of the incidents of one kind. In bytes the dataset comes first and ends with a zero byte, so
 * the incidents of a dataset are neighbours; then group, zero byte, column (nothing: the table).
 *
 * @param dataset canonical dataset id
 */
public record IncidentSlot(String dataset, IncidentKey key) {

  /** Bytes with which the keys of all incidents of a dataset begin. */
  public static Serializer<String> prefix() {
    return ColumnKey.prefix();
  }

  static Serde<IncidentSlot> serde() {
    return new BinarySerde<>(IncidentSlot::encode, IncidentSlot::decode);
  }

  private static byte[] encode(IncidentSlot slot) {
    ColumnName column = slot.key.column();
    return (slot.dataset + '\0' + slot.key.group() + '\0' + (column == null ? "" : column.value()))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static IncidentSlot decode(byte[] bytes) {
    String[] fields = new String(bytes, StandardCharsets.UTF_8).split("\0", 3);
    return new IncidentSlot(
        fields[0],
        new IncidentKey(fields[2].isEmpty() ? null : new ColumnName(fields[2]), fields[1]));
  }
}
