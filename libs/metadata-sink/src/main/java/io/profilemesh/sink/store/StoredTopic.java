package io.profilemesh.sink.store;

import io.profilemesh.schema.DriftCommand;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.Incident;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.Schedule;
import io.profilemesh.schema.ScheduleCommand;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.Topic;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.RecordDecoder;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import io.profilemesh.sink.rows.DriftCommandRows;
import io.profilemesh.sink.rows.DriftEventRows;
import io.profilemesh.sink.rows.EventIdentity;
import io.profilemesh.sink.rows.IncidentRows;
import io.profilemesh.sink.rows.PolicyRows;
import io.profilemesh.sink.rows.ProfileRows;
import io.profilemesh.sink.rows.RowWriter;
import io.profilemesh.sink.rows.RunEventRows;
import io.profilemesh.sink.rows.ScheduleCommandRows;
import io.profilemesh.sink.rows.ScheduleRows;
import io.profilemesh.sink.rows.VerdictRows;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * A topic whose records become rows.
 *
 * @param <T> type of its records
 * @param name its name
 * @param decoder reads its records
 * @param writer turns them into rows
 */
public record StoredTopic<T extends SpecificRecord>(
    String name, RecordDecoder<T> decoder, RowWriter<T> writer) {

  /** Every topic that is stored, in no order that matters: rows merge whichever comes first. */
  public static List<StoredTopic<?>> all(
      Topics topics, SchemaRegistryClient registry, EventIdentity ids) {
    RecordDecoder<TableProfile> profiles = new RecordDecoder<>(registry, TableProfile.class);
    return List.of(
        of(topics.runEvents(), registry, RunEvent.class, new RunEventRows(ids)),
        new StoredTopic<>(topics.tableProfiles().name(), profiles, new ProfileRows(profiles)),
        of(topics.runVerdicts(), registry, RunVerdict.class, new VerdictRows()),
        of(topics.driftEvents(), registry, DriftEvent.class, new DriftEventRows(ids)),
        of(topics.incidents(), registry, Incident.class, new IncidentRows()),
        of(topics.driftPolicies(), registry, DriftPolicy.class, new PolicyRows()),
        of(topics.driftCommands(), registry, DriftCommand.class, new DriftCommandRows()),
        of(topics.schedules(), registry, Schedule.class, new ScheduleRows()),
        of(topics.scheduleCommands(), registry, ScheduleCommand.class, new ScheduleCommandRows()));
  }

  private static <T extends SpecificRecord> StoredTopic<T> of(
      Topic topic, SchemaRegistryClient registry, Class<T> type, RowWriter<T> writer) {
    return new StoredTopic<>(topic.name(), new RecordDecoder<>(registry, type), writer);
  }
}
