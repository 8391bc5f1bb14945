package io.profilemesh.profiler.trigger;

import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.profiler.plan.TableStates;
import io.profilemesh.profiler.publish.MeshRecords;
import io.profilemesh.profiler.publish.ProfilerMetrics;
import io.profilemesh.profiler.publish.RunEvents;
import io.profilemesh.profiler.publish.TransactionalWriter;
import io.profilemesh.profiler.source.TableCatalog;
import io.profilemesh.profiler.work.Ledger;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.serde.RecordDecoder;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * What an intake is made of.
 *
 * @param states what is known of tables from earlier runs
 * @param jsonTopic topic whose requests are JSON
 * @param writer transactions of the intake; closed with it
 * @param committed offsets of the intake's consumer group
 * @param onFatal told one sentence when the intake cannot go on
 */
public record IntakeParts(
    ProfilerConfiguration configuration,
    TableCatalog catalog,
    TableStates states,
    RecordDecoder<ProfileRequest> decoder,
    String jsonTopic,
    Ledger ledger,
    IntakeMembership membership,
    TransactionalWriter writer,
    CommittedOffsets committed,
    MeshRecords mesh,
    RunEvents events,
    ProfilerMetrics metrics,
    String environment,
    Clock clock,
    Consumer<String> onFatal) {}
