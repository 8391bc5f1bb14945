package io.profilemesh.drift.store;

import io.profilemesh.judgement.memory.BinaryReader;
import io.profilemesh.judgement.memory.BinaryWriter;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serde;

/**
 * A run of a scheduled dataset that is due, or will be.
 *
 * @param due when
 * @param grace how late it may be
 * @param missed whether it was told that it did not come
 */
public record Awaited(Instant due, Duration grace, boolean missed) {

  private static final int VERSION = 1;

  /** Whether it should have come by now, and nobody was told yet. */
  public boolean isOverdue(Instant now) {
    return !missed && now.isAfter(due.plus(grace));
  }

  /** Once it was told. */
  public Awaited told() {
    return new Awaited(due, grace, true);
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
    return out.toBytes();
  }

  private static Awaited decode(byte[] bytes) {
    BinaryReader in = new BinaryReader(bytes);
    in.requireVersion(VERSION, "The run that is awaited");
    return new Awaited(
        Instant.ofEpochMilli(in.readSigned()),
        Duration.ofSeconds(in.readUnsigned()),
        in.readByte() == 1);
  }
}
