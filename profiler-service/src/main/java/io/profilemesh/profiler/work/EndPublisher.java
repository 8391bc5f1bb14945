package io.profilemesh.profiler.work;

import io.profilemesh.profiler.publish.MeshRecords;
import io.profilemesh.profiler.publish.TransactionalWriter;
import io.profilemesh.profiler.publish.TransactionalWriter.Outcome;
import io.profilemesh.profiler.work.PartitionRuns.LowWater;
import io.profilemesh.schema.DeadLetters;
import io.profilemesh.schema.RecordCoordinates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Ends runs: one short transaction with their records and the partitions' low-water offsets. */
public final class EndPublisher {

  private final TransactionalWriter writer;
  private final MeshRecords mesh;
  private final String environment;

  public EndPublisher(TransactionalWriter writer, MeshRecords mesh, String environment) {
    this.writer = writer;
    this.mesh = mesh;
    this.environment = environment;
  }

  /**
   * What is to be written.
   *
   * @param partitions all partitions held
   * @param marks low-water marks that move, once the ends are published
   */
  record Plan(
      List<RunEnd> ends, List<PartitionRuns> partitions, Map<PartitionRuns, LowWater> marks) {

    Plan {
      ends = List.copyOf(ends);
      partitions = List.copyOf(partitions);
      marks = Map.copyOf(marks);
    }

    /** The plan for these ends over all partitions held. */
    static Plan of(List<RunEnd> ends, Collection<PartitionRuns> partitions) {
      Set<Run> ending = ends.stream().map(RunEnd::run).collect(Collectors.toSet());
      Map<PartitionRuns, LowWater> marks = new HashMap<>();
      for (PartitionRuns runs : partitions) {
        LowWater mark = runs.lowWater(ending);
        if (mark.moved()) {
          marks.put(runs, mark);
        }
      }
      return new Plan(ends, List.copyOf(partitions), marks);
    }

    boolean isEmpty() {
      return ends.isEmpty() && marks.isEmpty();
    }

    boolean hasRecords() {
      return !ends.isEmpty() || marks.values().stream().anyMatch(mark -> !mark.dead().isEmpty());
    }

    /** Notes that all of it is in the log. */
    void settle() {
      ends.forEach(end -> partitions.forEach(runs -> runs.forget(end.run())));
      marks.forEach(PartitionRuns::committed);
    }
  }

  /** Writes the plan; confined to the control thread, which is the consumer's. */
  Outcome publish(Plan plan, ConsumerGroupMetadata group) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    plan.ends().forEach(end -> records.addAll(end.records()));
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    plan.marks()
        .forEach(
            (runs, mark) -> {
              offsets.put(runs.partition(), new OffsetAndMetadata(mark.offset()));
              mark.dead().forEach(work -> records.add(deadLetter(work)));
            });
    return writer.write(records, offsets, group);
  }

  /** Settles a transaction whose outcome is not known; throws while the cluster is away. */
  void resolve() {
    writer.open();
  }

  void close() {
    writer.close();
  }

  private ProducerRecord<byte[], byte[]> deadLetter(DeadWork work) {
    return mesh.deadLetter(
        work.record().key(),
        DeadLetters.of(
            environment,
            MeshRecords.SERVICE,
            RecordCoordinates.of(work.record()),
            work.code(),
            work.message(),
            work.schemaId()));
  }
}
