package io.profilemesh.drift.store;

import io.profilemesh.judgement.memory.BinaryReader;
import io.profilemesh.judgement.memory.BinaryWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;

/**
 * Profiles of a dataset of which parts are still missing.
 *
 * @param sets in the order in which their first part came
 */
public record IncompleteRuns(List<PartSet> sets) {

  /** Sets that may wait at a time; a further one drives out the oldest. */
  public static final int MOST_SETS = 4;

  /** Nothing waits. */
  public static final IncompleteRuns EMPTY = new IncompleteRuns(List.of());

  private static final int VERSION = 1;

  /**
   * Parts that belong together.
   *
   * @param partCount parts of the whole set
   * @param frame digest of what all parts must agree on
   * @param parts digest of each part that is there, by index
   * @param first where the first of them is
   */
  public record PartSet(
      String run,
      int attempt,
      int partCount,
      long frame,
      Map<Integer, Long> parts,
      FirstPart first) {

    public PartSet {
      parts = Map.copyOf(parts);
    }

    boolean is(String otherRun, int otherAttempt) {
      return run.equals(otherRun) && attempt == otherAttempt;
    }

    /** Whether no part is missing. */
    public boolean isComplete() {
      return parts.size() == partCount;
    }

    /** With one more part. */
    public PartSet with(int index, long digest) {
      Map<Integer, Long> more = new TreeMap<>(parts);
      more.put(index, digest);
      return new PartSet(run, attempt, partCount, frame, more, first);
    }
  }

  /** Where the first part of a set is, for the dead letter of a set that never completes. */
  public record FirstPart(String topic, int partition, long offset, long timestamp, long bytes) {}

  public IncompleteRuns {
    sets = List.copyOf(sets);
  }

  /** The set of an attempt; empty when none of its parts came. */
  public Optional<PartSet> find(String run, int attempt) {
    return sets.stream().filter(set -> set.is(run, attempt)).findFirst();
  }

  /** With a set in the place of its former self, or at the end. */
  public IncompleteRuns with(PartSet set) {
    List<PartSet> more = new ArrayList<>(sets);
    int place = find(set.run(), set.attempt()).map(sets::indexOf).orElse(-1);
    if (place < 0) {
      more.add(set);
    } else {
      more.set(place, set);
    }
    return new IncompleteRuns(more);
  }

  /** Without some sets. */
  public IncompleteRuns without(List<PartSet> gone) {
    return new IncompleteRuns(sets.stream().filter(set -> !gone.contains(set)).toList());
  }

  static Serde<IncompleteRuns> serde() {
    return new BinarySerde<>(IncompleteRuns::encode, IncompleteRuns::decode);
  }

  private static byte[] encode(IncompleteRuns runs) {
    BinaryWriter out = new BinaryWriter();
    out.writeByte(VERSION);
    out.writeUnsigned(runs.sets.size());
    for (PartSet set : runs.sets) {
      out.writeText(set.run());
      out.writeUnsigned(set.attempt());
      out.writeUnsigned(set.partCount());
      out.writeLong(set.frame());
      out.writeText(set.first().topic());
      out.writeUnsigned(set.first().partition());
      out.writeUnsigned(set.first().offset());
      out.writeSigned(set.first().timestamp());
      out.writeUnsigned(set.first().bytes());
      out.writeUnsigned(set.parts().size());
      new TreeMap<>(set.parts())
          .forEach(
              (index, digest) -> {
                out.writeUnsigned(index);
                out.writeLong(digest);
              });
    }
    return out.toBytes();
  }

  private static IncompleteRuns decode(byte[] bytes) {
    BinaryReader in = new BinaryReader(bytes);
    in.requireVersion(VERSION, "The list of incomplete runs");
    int count = in.readCount();
    List<PartSet> sets = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String run = in.readText();
      int attempt = in.readCount();
      int partCount = in.readCount();
      long frame = in.readLong();
      FirstPart first =
          new FirstPart(
              in.readText(), in.readCount(), in.readUnsigned(), in.readSigned(), in.readUnsigned());
      Map<Integer, Long> parts = new TreeMap<>();
      int present = in.readCount();
      for (int part = 0; part < present; part++) {
        parts.put(in.readCount(), in.readLong());
      }
      sets.add(new PartSet(run, attempt, partCount, frame, parts, first));
    }
    return new IncompleteRuns(sets);
  }
}
