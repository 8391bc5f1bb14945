package io.profilemesh.profiler.capture;

import io.micrometer.core.instrument.MeterRegistry;
import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.profiler.publish.MeshRecords;
import io.profilemesh.profiler.publish.TransactionalWriter;
import io.profilemesh.profiler.source.ServerVariables;
import io.profilemesh.profiler.source.TableCatalog;
import io.profilemesh.profiler.topic.PartitionEnds;
import io.profilemesh.profiler.work.Ledger;
import io.profilemesh.schema.CaptureState;
import io.profilemesh.schema.serde.GenericRecordDecoder;
import io.profilemesh.schema.serde.RecordDecoder;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * What change capture is made of.
 *
 * @param stateTopic topic of the capture states
 * @param mesh tells this mesh from others that read the same database
 * @param consumer member of the group that shares the sources out; closed with capture
 * @param ends where partitions end, uncommitted records included
 * @param readers makes consumers without a group
 * @param writers transactions of one source, by its name
 * @param foreign reads what others wrote with the registry
 */
public record CaptureParts(
    ProfilerConfiguration configuration,
    TableCatalog catalog,
    ServerVariables variables,
    String stateTopic,
    String environment,
    String mesh,
    Consumer<byte[], byte[]> consumer,
    PartitionEnds ends,
    Supplier<Consumer<byte[], byte[]>> readers,
    RecordDecoder<CaptureState> decoder,
    GenericRecordDecoder foreign,
    Function<String, TransactionalWriter> writers,
    MeshRecords records,
    Ledger ledger,
    MeterRegistry meters,
    Clock clock) {}
