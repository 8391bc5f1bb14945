package io.profilemesh.sink.rebuild;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Whether the logs still have what the tables remember. */
final class LogCheck {

  private static final int TIMEOUT_SECONDS = 30;

  private LogCheck() {}

  /**
   * One sentence for each partition whose log no longer gives the rows there are; in order.
   *
   * @throws KafkaException when the cluster does not answer
   */
  static List<String> problems(
      Map<String, Object> kafka, Map<TopicPartition, LivePositions.Span> spans) {
    if (spans.isEmpty()) {
      return List.of();
    }
    try (Admin admin = Admin.create(kafka)) {
      Map<TopicPartition, Long> begins = offsets(admin, spans, OffsetSpec.earliest());
      Map<TopicPartition, Long> ends = offsets(admin, spans, OffsetSpec.latest());
      TreeSet<String> problems = new TreeSet<>();
      spans.forEach(
          (partition, span) -> {
            long begin = begins.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, 0L);
            if (end < span.next()) {
              problems.add(
                  "%s ends at offset %d, before %d that the tables remember: is it another log?"
                      .formatted(partition, end, span.next()));
            } else if (begin > span.first()) {
              problems.add(
                  "%s begins at offset %d, the tables remember it from %d on."
                      .formatted(partition, begin, span.first()));
            }
          });
      return List.copyOf(problems);
    }
  }

  private static Map<TopicPartition, Long> offsets(
      Admin admin, Map<TopicPartition, LivePositions.Span> spans, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    spans.keySet().forEach(partition -> wanted.put(partition, spec));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    try {
      for (Map.Entry<TopicPartition, ListOffsetsResultInfo> entry :
          admin
              .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
              .all()
              .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
              .entrySet()) {
        offsets.put(entry.getKey(), entry.getValue().offset());
      }
      return offsets;
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("the offsets of the topics cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while reading the offsets of the topics", e);
    }
  }
}
