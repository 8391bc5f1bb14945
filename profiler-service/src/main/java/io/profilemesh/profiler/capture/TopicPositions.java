package io.profilemesh.profiler.capture;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Offsets to go on from, as a position. */
final class TopicPositions {

  private static final ObjectMapper JSON = new ObjectMapper();

  private TopicPositions() {}

  static LogPosition of(Map<TopicPartition, Long> offsets) {
    Map<String, Map<Integer, Long>> tree = new TreeMap<>();
    offsets.forEach(
        (partition, offset) ->
            tree.computeIfAbsent(partition.topic(), absent -> new TreeMap<>())
                .put(partition.partition(), offset));
    try {
      return new LogPosition(new byte[0], JSON.writeValueAsBytes(tree));
    } catch (IOException e) {
      throw new IllegalStateException("numbers by name can be written", e);
    }
  }

  /** Empty where there is no position, or one of another kind of feed. */
  static Map<TopicPartition, Long> read(@Nullable LogPosition position) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    if (position == null) {
      return offsets;
    }
    try {
      Map<String, Map<Integer, Long>> tree =
          JSON.readValue(position.value(), new TypeReference<>() {});
      tree.forEach(
          (topic, partitions) ->
              partitions.forEach(
                  (partition, offset) ->
                      offsets.put(new TopicPartition(topic, partition), offset)));
    } catch (IOException e) {
      return new HashMap<>();
    }
    return offsets;
  }
}
