package io.profilemesh.drift.store;

import io.profilemesh.core.profile.RunId;
import io.profilemesh.judgement.memory.BinaryReader;
import io.profilemesh.judgement.memory.BinaryWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * What people told the service about a dataset, beyond its incidents.
 *
 * @param pinned run that is the baseline; null: none
 * @param mutes what nobody is told of, each for a while
 * @param commands commands seen, newest last, to know a repeated one
 */
public record DatasetOrders(@Nullable RunId pinned, List<Mute> mutes, List<UUID> commands) {

  /** Mutes of a dataset; a further one drives out the oldest. */
  public static final int MOST_MUTES = 64;

  /** Commands recognised when they come again. */
  public static final int MOST_COMMANDS = 64;

  /** Nobody said anything. */
  public static final DatasetOrders EMPTY = new DatasetOrders(null, List.of(), List.of());

  private static final int VERSION = 1;

  /**
   * A mute.
   *
   * @param column null: the table and all its columns
   * @param metric null: all metrics
   */
  public record Mute(@Nullable String column, @Nullable String metric, Instant until) {

    private boolean isOf(@Nullable String otherColumn, @Nullable String otherMetric) {
      return Objects.equals(column, otherColumn) && Objects.equals(metric, otherMetric);
    }
  }

  public DatasetOrders {
    mutes = List.copyOf(mutes);
    commands = List.copyOf(commands);
  }

  public DatasetOrders withPinned(@Nullable RunId run) {
    return new DatasetOrders(run, mutes, commands);
  }

  /**
   * With a mute in the place of an earlier one of the same column and metric.
   *
   * @param until null: the mute is over
   */
  public DatasetOrders withMute(
      @Nullable String column, @Nullable String metric, @Nullable Instant until) {
    List<Mute> more = new ArrayList<>(mutes);
    more.removeIf(mute -> mute.isOf(column, metric));
    if (until != null) {
      more.add(new Mute(column, metric, until));
    }
    return new DatasetOrders(pinned, newest(more, MOST_MUTES), commands);
  }

  /** With a command that was carried out. */
  public DatasetOrders withCommand(UUID command) {
    List<UUID> more = new ArrayList<>(commands);
    more.add(command);
    return new DatasetOrders(pinned, mutes, newest(more, MOST_COMMANDS));
  }

  /** Whether nobody is told of that metric then. */
  public boolean mutes(@Nullable String column, String metric, Instant when) {
    return mutes.stream()
        .filter(mute -> mute.column() == null || mute.column().equals(column))
        .filter(mute -> mute.metric() == null || mute.metric().equals(metric))
        .anyMatch(mute -> when.isBefore(mute.until()));
  }

  private static <T> List<T> newest(List<T> list, int most) {
    return list.subList(Math.max(0, list.size() - most), list.size());
  }

  static Serde<DatasetOrders> serde() {
    return new BinarySerde<>(DatasetOrders::encode, DatasetOrders::decode);
  }

  private static byte[] encode(DatasetOrders orders) {
    BinaryWriter out = new BinaryWriter();
    out.writeByte(VERSION);
    out.writeOptional(orders.pinned, run -> out.writeUuid(run.value()));
    out.writeUnsigned(orders.mutes.size());
    for (Mute mute : orders.mutes) {
      out.writeOptional(mute.column(), out::writeText);
      out.writeOptional(mute.metric(), out::writeText);
      out.writeSigned(mute.until().toEpochMilli());
    }
    out.writeUnsigned(orders.commands.size());
    orders.commands.forEach(out::writeUuid);
    return out.toBytes();
  }

  private static DatasetOrders decode(byte[] bytes) {
    BinaryReader in = new BinaryReader(bytes);
    in.requireVersion(VERSION, "What people told of a dataset");
    RunId pinned = in.readOptional(() -> new RunId(in.readUuid()));
    int count = in.readCount();
    List<Mute> mutes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      mutes.add(
          new Mute(
              in.readOptional(in::readText),
              in.readOptional(in::readText),
              Instant.ofEpochMilli(in.readSigned())));
    }
    int seen = in.readCount();
    List<UUID> commands = new ArrayList<>(seen);
    for (int i = 0; i < seen; i++) {
      commands.add(in.readUuid());
    }
    return new DatasetOrders(pinned, mutes, commands);
  }
}
