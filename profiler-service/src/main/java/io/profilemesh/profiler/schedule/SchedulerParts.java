package io.profilemesh.profiler.schedule;

import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.profiler.publish.MeshRecords;
import io.profilemesh.profiler.publish.TransactionalWriter;
import io.profilemesh.profiler.topic.PartitionEnds;
import io.profilemesh.schema.Schedule;
import io.profilemesh.schema.serde.RecordDecoder;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * What a scheduler is made of.
 *
 * @param topic topic of the pipelines' states
 * @param consumer of a group of its own, read-committed; closed by the scheduler
 * @param writer closed by the scheduler
 * @param lateAfter delay from which a firing counts as missed
 */
public record SchedulerParts(
    ProfilerConfiguration configuration,
    String environment,
    String topic,
    Consumer<byte[], byte[]> consumer,
    PartitionEnds ends,
    RecordDecoder<Schedule> decoder,
    Pauses pauses,
    TransactionalWriter writer,
    MeshRecords mesh,
    Duration lateAfter,
    Clock clock) {}
