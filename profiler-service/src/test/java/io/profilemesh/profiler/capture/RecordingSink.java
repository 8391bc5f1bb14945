package io.profilemesh.profiler.capture;

import io.profilemesh.profiler.capture.ChangeTally.Kind;
import io.profilemesh.schema.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A sink that remembers what it was given. */
final class RecordingSink implements ChangeSink {

  final List<LogPosition> positions = new ArrayList<>();
  final List<ReasonCode> refused = new ArrayList<>();
  private final ChangeTally tally = new ChangeTally();
  private long counted;
  private volatile long kept;

  @Override
  public void count(CapturedTable table, Kind kind, long rows) {
    tally.add(table, kind, rows);
    counted += rows;
  }

  @Override
  public void refuse(
      ConsumerRecord<byte[], byte[]> record, ReasonCode code, String message, Integer schemaId) {
    refused.add(code);
  }

  @Override
  public boolean hasCounted() {
    return counted > kept;
  }

  @Override
  public boolean store(LogPosition position) {
    positions.add(position);
    kept = counted;
    return true;
  }

  /** Changes counted before the last position; asked for by any thread. */
  long kept() {
    return kept;
  }

  Map<CapturedTable, ChangeCounts> taken() {
    return tally.take();
  }
}
