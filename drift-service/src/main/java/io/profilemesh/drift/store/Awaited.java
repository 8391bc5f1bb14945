package io.profilemesh.drift.store;

import io.profilemesh.judgement.memory.BinaryReader;
import io.profilemesh.judgement.memory.BinaryWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * A run of a scheduled dataset that is due, or will be.
 *
 * @param due when
 * @param grace how late it may be
 * @param missed whether it was told that it did not come
 * @param pipeline whose schedule makes it due; null: not known
 * @param owner owner of the dataset
 */
public record Awaited(
    Instant due,
    Duration grace,
    boolean missed,
    @Nullable String pipeline,
    @Nullable String owner,
    List<String> tags) {

  private static final int VERSION = 2;
  private static final int WITHOUT_OWNER = 1;

  public Awaited {
    tags = List.copyOf(tags);
  }

  /** Whether it should have come by now, and nobody was told yet. */
  public boolean isOverdue(Instant now) {
    return !missed && now.isAfter(due.plus(grace));
  }

  /** Once it was told. */
  public Awaited told() {
    return new Awaited(due, grace, true, pipeline, owner, tags);
  }

  /** The run that is due after this one. */
  public Awaited next(Instant nextDue, @Nullable String nextOwner, List<String> nextTags) {
    return new Awaited(nextDue, grace, false, pipeline, nextOwner, nextTags);
  }

  static Serde<Awaited> serde() {
    return new BinarySerde<>(Awaited::encode, Awaited::decode);
  }

  private static byte[] encode(Awaited awaited) {
    BinaryWriter out = new BinaryWriter();
    out.writeByte(VERSION);
    out.writeSigned(awaited.due.toEpochMilli());
    out.writeUnsigned(awaited.grace.toSeconds());
    out.writeByte(awaited.missed ? 1 : 0);
    out.writeOptional(awaited.pipeline, out::writeText);
    out.writeOptional(awaited.owner, out::writeText);
    out.writeUnsigned(awaited.tags.size());
    awaited.tags.forEach(out::writeText);
    return out.toBytes();
  }

  private static Awaited decode(byte[] bytes) {
    BinaryReader in = new BinaryReader(bytes);
    int version = in.requireVersion(WITHOUT_OWNER, VERSION, "The run that is awaited");
    Instant due = Instant.ofEpochMilli(in.readSigned());
    Duration grace = Duration.ofSeconds(in.readUnsigned());
    boolean missed = in.readByte() == 1;
    if (version == WITHOUT_OWNER) {
      return new Awaited(due, grace, missed, null, null, List.of());
    }
    String pipeline = in.readOptional(in::readText);
    String owner = in.readOptional(in::readText);
    int count = in.readCount();
    List<String> tags = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tags.add(in.readText());
    }
    return new Awaited(due, grace, missed, pipeline, owner, tags);
  }
}
