package io.profilemesh.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Records that consumer groups of the mesh have still to read. */
final class Lag {

  private Lag() {}

  /** Waits until every group that reads topics of the mesh has read them to their ends. */
  static void awaitNone(TestMesh mesh) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", mesh.stack().bootstrapServers()))) {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(500))
          .untilAsserted(() -> assertThat(of(admin, mesh)).isEmpty());
    }
  }

  /** Records to read, by group and partition. */
  private static Map<String, Long> of(Admin admin, TestMesh mesh)
      throws ExecutionException, InterruptedException {
    String prefix = mesh.topics().prefix();
    Map<String, Long> lags = new TreeMap<>();
    for (var group : admin.listGroups().all().get()) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group.groupId()).partitionsToOffsetAndMetadata().get();
      for (var entry : committed.entrySet()) {
        TopicPartition partition = entry.getKey();
        if (entry.getValue() != null && partition.topic().startsWith(prefix)) {
          long end =
              admin
                  .listOffsets(Map.of(partition, OffsetSpec.latest()))
                  .partitionResult(partition)
                  .get()
                  .offset();
          long position = entry.getValue().offset();
          // Markers and what a killed service left of a transaction are never committed by readers.
          long lag = end > position ? mesh.log().committed(partition, position, end) : 0;
          if (lag > 0) {
            lags.put(group.groupId() + " " + partition, lag);
          }
        }
      }
    }
    return lags;
  }
}
