package io.profilemesh.profiler.work;

import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunEventType;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A run that has ended, with everything its end puts into topics.
 *
 * @param type how it ended
 * @param code why, unless it completed
 * @param records profile parts, terminal event and ledger entry, ready to send
 */
record RunEnd(
    Run run,
    RunEventType type,
    @Nullable ReasonCode code,
    List<ProducerRecord<byte[], byte[]>> records) {

  RunEnd {
    records = List.copyOf(records);
  }
}
