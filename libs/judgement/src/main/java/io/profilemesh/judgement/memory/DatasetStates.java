package io.profilemesh.judgement.memory;

import io.profilemesh.core.drift.RunPoint;
import io.profilemesh.core.profile.Quality;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.judgement.memory.DatasetState.JudgedRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Bytes of a {@link DatasetState}: version, next sequence, history, judged runs. */
public final class DatasetStates {

  private static final int VERSION = 2;
  private static final int WITHOUT_AGE = 1;

  private DatasetStates() {}

  /** The bytes. */
  public static byte[] encode(DatasetState state) {
    BinaryWriter out = new BinaryWriter();
    out.writeByte(VERSION);
    out.writeUnsigned(state.nextSequence());
    out.writeUnsigned(state.history().size());
    for (RunEntry entry : state.history()) {
      out.writeUnsigned(entry.sequence());
      out.writeUuid(entry.point().run().value());
      out.writeSigned(entry.point().at().toEpochMilli());
      out.writeUnsigned(entry.rowCount());
      out.writeText(entry.quality().name());
      out.writeDouble(entry.rowError());
      out.writeOptional(entry.dataAge(), out::writeDouble);
    }
    out.writeUnsigned(state.judged().size());
    for (JudgedRun run : state.judged()) {
      out.writeUuid(run.run().value());
      out.writeUnsigned(run.attempt());
      out.writeLong(run.digest());
    }
    return out.toBytes();
  }

  /**
   * What the bytes say.
   *
   * @throws IllegalStateException when a newer version wrote them
   */
  public static DatasetState decode(byte[] bytes) {
    BinaryReader in = new BinaryReader(bytes);
    int version = in.requireVersion(WITHOUT_AGE, VERSION, "The state of a dataset");
    int nextSequence = in.readCount();
    int runs = in.readCount();
    List<RunEntry> history = new ArrayList<>(runs);
    for (int i = 0; i < runs; i++) {
      int sequence = in.readCount();
      RunId run = new RunId(in.readUuid());
      RunPoint point = new RunPoint(run, Instant.ofEpochMilli(in.readSigned()));
      history.add(
          new RunEntry(
              sequence,
              point,
              in.readUnsigned(),
              Quality.valueOf(in.readText()),
              in.readDouble(),
              version == WITHOUT_AGE ? null : in.readOptional(in::readDouble)));
    }
    int known = in.readCount();
    List<JudgedRun> judged = new ArrayList<>(known);
    for (int i = 0; i < known; i++) {
      judged.add(new JudgedRun(new RunId(in.readUuid()), in.readCount(), in.readLong()));
    }
    return new DatasetState(nextSequence, history, judged);
  }
}
