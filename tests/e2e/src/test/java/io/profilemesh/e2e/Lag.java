package io.profilemesh.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
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
          .until(() -> total(admin, mesh.topics().prefix()) == 0);
    }
  }

  private static long total(Admin admin, String prefix)
      throws ExecutionException, InterruptedException {
    long lag = 0;
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
          // A transaction's marker takes the last offset and is never committed by readers.
          lag += end - entry.getValue().offset() > 1 ? end - entry.getValue().offset() : 0;
        }
      }
    }
    return lag;
  }
}
