package io.profilemesh.drift.store;

import io.profilemesh.core.drift.DriftKind;
import io.profilemesh.core.drift.FormerColumn;
import io.profilemesh.core.drift.Severity;
import io.profilemesh.core.incident.Feedback;
import io.profilemesh.core.incident.Incident;
import io.profilemesh.core.incident.Incident.Care;
import io.profilemesh.core.incident.Incident.Course;
import io.profilemesh.core.incident.Incident.Origin;
import io.profilemesh.core.incident.Incident.Scale;
import io.profilemesh.core.incident.Incident.Status;
import io.profilemesh.core.incident.IncidentKey;
import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.judgement.memory.BinaryReader;
import io.profilemesh.judgement.memory.BinaryWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serde;

/**
 * The incidents of one key that are remembered.
 *
 * @param incidents the newest last; at most one is open
 */
public record KnownIncidents(List<Incident> incidents) {

  /** Incidents of a key that are remembered; a further one drives out the oldest. */
  public static final int MOST = 8;

  /** None. */
  public static final KnownIncidents EMPTY = new KnownIncidents(List.of());

  private static final int VERSION = 2;
  private static final int WITHOUT_FORMER = 1;

  public KnownIncidents {
    incidents = List.copyOf(incidents);
  }

  /** With an incident in the place of its former self, or as the newest. */
  public KnownIncidents with(Incident incident) {
    List<Incident> more = new ArrayList<>(incidents);
    int place = 0;
    while (place < more.size() && !more.get(place).id().equals(incident.id())) {
      place++;
    }
    if (place < more.size()) {
      more.set(place, incident);
    } else {
      more.add(incident);
    }
    return new KnownIncidents(more.subList(Math.max(0, more.size() - MOST), more.size()));
  }

  /** Without some. */
  public KnownIncidents without(Predicate<Incident> gone) {
    return new KnownIncidents(incidents.stream().filter(gone.negate()).toList());
  }

  static Serde<KnownIncidents> serde() {
    return new BinarySerde<>(KnownIncidents::encode, KnownIncidents::decode);
  }

  private static byte[] encode(KnownIncidents known) {
    BinaryWriter out = new BinaryWriter();
    out.writeByte(VERSION);
    out.writeUnsigned(known.incidents.size());
    known.incidents.forEach(incident -> write(out, incident));
    return out.toBytes();
  }

  private static KnownIncidents decode(byte[] bytes) {
    BinaryReader in = new BinaryReader(bytes);
    int version = in.requireVersion(WITHOUT_FORMER, VERSION, "The list of incidents");
    int count = in.readCount();
    List<Incident> incidents = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      incidents.add(read(in, version));
    }
    return new KnownIncidents(incidents);
  }

  private static void write(BinaryWriter out, Incident incident) {
    out.writeText(incident.id());
    ColumnName column = incident.key().column();
    out.writeOptional(column == null ? null : column.value(), out::writeText);
    out.writeText(incident.key().group());
    out.writeUnsigned(incident.revision());
    write(out, incident.origin());
    write(out, incident.course());
    write(out, incident.scale());
    write(out, incident.care());
  }

  private static Incident read(BinaryReader in, int version) {
    String id = in.readText();
    String column = in.readOptional(in::readText);
    IncidentKey key =
        new IncidentKey(column == null ? null : new ColumnName(column), in.readText());
    long revision = in.readUnsigned();
    return new Incident(
        id, key, readOrigin(in, version), readCourse(in), readScale(in), readCare(in), revision);
  }

  private static void write(BinaryWriter out, Origin origin) {
    out.writeText(origin.kind().name());
    out.writeText(origin.metric());
    out.writeText(origin.detector());
    out.writeOptional(origin.run(), run -> out.writeUuid(run.value()));
    out.writeText(origin.event());
    writeInstant(out, origin.at());
    writeInstant(out, origin.when());
    out.writeOptional(origin.baseline(), out::writeDouble);
    out.writeOptional(origin.current(), out::writeDouble);
    out.writeOptional(origin.former(), former -> write(out, former));
  }

  private static void write(BinaryWriter out, FormerColumn former) {
    out.writeOptional(former.definition(), definition -> write(out, definition));
    out.writeUnsigned(former.place());
    out.writeDouble(former.confidence());
  }

  private static void write(BinaryWriter out, ColumnDefinition definition) {
    out.writeText(definition.name().value());
    out.writeUnsigned(definition.ordinal());
    out.writeText(definition.dataType());
    out.writeText(definition.type().name());
    out.writeByte(definition.nullable() == null ? 0 : definition.nullable() ? 2 : 1);
  }

  private static Origin readOrigin(BinaryReader in, int version) {
    return new Origin(
        DriftKind.valueOf(in.readText()),
        in.readText(),
        in.readText(),
        in.readOptional(() -> new RunId(in.readUuid())),
        in.readText(),
        readInstant(in),
        readInstant(in),
        in.readOptional(in::readDouble),
        in.readOptional(in::readDouble),
        version == WITHOUT_FORMER ? null : in.readOptional(() -> readFormer(in)));
  }

  private static FormerColumn readFormer(BinaryReader in) {
    return new FormerColumn(
        in.readOptional(() -> readDefinition(in)), in.readCount(), in.readDouble());
  }

  private static ColumnDefinition readDefinition(BinaryReader in) {
    ColumnName name = new ColumnName(in.readText());
    int ordinal = in.readCount();
    String dataType = in.readText();
    ColumnType type = ColumnType.valueOf(in.readText());
    int nullable = in.readByte();
    return new ColumnDefinition(
        name, ordinal, dataType, type, nullable == 0 ? null : nullable == 2, null);
  }

  private static void write(BinaryWriter out, Course course) {
    out.writeText(course.status().name());
    out.writeOptional(course.run(), run -> out.writeUuid(run.value()));
    out.writeText(course.event());
    writeInstant(out, course.at());
    writeInstant(out, course.when());
    out.writeOptional(course.resolved(), instant -> writeInstant(out, instant));
    out.writeUnsigned(course.runs());
    out.writeUnsigned(course.calm());
    out.writeUnsigned(course.touched().size());
    course.touched().forEach(run -> out.writeUuid(run.value()));
    out.writeText(course.message());
  }

  private static Course readCourse(BinaryReader in) {
    Status status = Status.valueOf(in.readText());
    RunId run = in.readOptional(() -> new RunId(in.readUuid()));
    String event = in.readText();
    Instant at = readInstant(in);
    Instant when = readInstant(in);
    Instant resolved = in.readOptional(() -> readInstant(in));
    int runs = in.readCount();
    int calm = in.readCount();
    int count = in.readCount();
    List<RunId> touched = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      touched.add(new RunId(in.readUuid()));
    }
    return new Course(status, run, event, at, when, resolved, runs, calm, touched, in.readText());
  }

  private static void write(BinaryWriter out, Scale scale) {
    out.writeText(scale.now().name());
    out.writeText(scale.highest().name());
    out.writeDouble(scale.size());
    out.writeDouble(scale.largest());
    out.writeOptional(scale.told(), severity -> out.writeText(severity.name()));
    out.writeDouble(scale.toldSize());
    out.writeUnsigned(scale.changes().size());
    new TreeSet<>(scale.changes()).forEach(out::writeText);
  }

  private static Scale readScale(BinaryReader in) {
    Severity now = Severity.valueOf(in.readText());
    Severity highest = Severity.valueOf(in.readText());
    double size = in.readDouble();
    double largest = in.readDouble();
    Severity told = in.readOptional(() -> Severity.valueOf(in.readText()));
    double toldSize = in.readDouble();
    int count = in.readCount();
    Set<String> changes = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      changes.add(in.readText());
    }
    return new Scale(now, highest, size, largest, told, toldSize, changes);
  }

  private static void write(BinaryWriter out, Care care) {
    out.writeOptional(care.owner(), out::writeText);
    out.writeUnsigned(care.tags().size());
    care.tags().forEach(out::writeText);
    out.writeOptional(care.acknowledgedBy(), out::writeText);
    out.writeOptional(care.assignee(), out::writeText);
    out.writeOptional(care.mutedUntil(), instant -> writeInstant(out, instant));
    out.writeOptional(care.feedback(), feedback -> out.writeText(feedback.name()));
  }

  private static Care readCare(BinaryReader in) {
    String owner = in.readOptional(in::readText);
    int count = in.readCount();
    List<String> tags = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tags.add(in.readText());
    }
    return new Care(
        owner,
        tags,
        in.readOptional(in::readText),
        in.readOptional(in::readText),
        in.readOptional(() -> readInstant(in)),
        in.readOptional(() -> Feedback.valueOf(in.readText())));
  }

  private static void writeInstant(BinaryWriter out, Instant instant) {
    out.writeSigned(instant.toEpochMilli());
  }

  private static Instant readInstant(BinaryReader in) {
    return Instant.ofEpochMilli(in.readSigned());
  }
}
