package io.profilemesh.drift.store;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Serde;

/**
 * Key of a stored part of a profile.
 *
 * @param dataset canonical dataset id
 * @param run run id
 * @param attempt attempt, from 1
 * @param index index of the part, from 0
 */
public record PartKey(String dataset, String run, int attempt, int index) {

  static Serde<PartKey> serde() {
    return new BinarySerde<>(PartKey::encode, PartKey::decode);
  }

  private static byte[] encode(PartKey key) {
    return String.join(
            "\0", key.dataset, key.run, Integer.toString(key.attempt), Integer.toString(key.index))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static PartKey decode(byte[] bytes) {
    String[] fields = new String(bytes, StandardCharsets.UTF_8).split("\0", -1);
    return new PartKey(
        fields[0], fields[1], Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
  }
}
