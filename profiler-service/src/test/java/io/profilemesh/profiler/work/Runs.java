package io.profilemesh.profiler.work;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.profiler.publish.RunContext;
import io.profilemesh.schema.RunWork;
import io.profilemesh.schema.Trigger;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Runs for tests. */
final class Runs {

  static final TopicPartition PARTITION = new TopicPartition("work", 0);

  private Runs() {}

  static RunWork work(String requestId, String table) {
    return RunWork.newBuilder()
        .setEnvironment("test")
        .setRunId(RunId.derivedFrom(requestId).toString())
        .setRequestId(requestId)
        .setDatasetId(DatasetId.of("warehouse", "public", table).toString())
        .setTrigger(Trigger.REQUEST)
        .setAcceptedAt(Instant.parse("2026-11-20T10:00:00Z"))
        .build();
  }

  static Run run(long offset, String table) {
    RunWork work = work("request-" + offset, table);
    RunKey key = new RunKey(RunId.parse(work.getRunId()), DatasetId.parse(work.getDatasetId()));
    return new Run(
        PARTITION,
        offset,
        key,
        work,
        new RunContext(
            key.runId(),
            work.getRequestId(),
            key.dataset(),
            null,
            null,
            Trigger.REQUEST,
            null,
            List.of(),
            null,
            null,
            null));
  }
}
