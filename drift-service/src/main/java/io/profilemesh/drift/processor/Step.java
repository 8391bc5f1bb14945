package io.profilemesh.drift.processor;

import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.DriftCommand;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.Incident;
import io.profilemesh.schema.RecordCoordinates;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.TableProfile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What travels between the steps of the topology. */
public sealed interface Step {

  /**
   * A part that was read and obeys the rules.
   *
   * @param value the bytes it came as; not copied, not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // goes into a store unread
  record Part(TableProfile profile, byte[] value, RecordCoordinates where) implements Step {}

  /**
   * A run of which every part is there.
   *
   * @param parts part 0 first
   * @param digest of part 0
   * @param where where the part that completed it is
   */
  record Run(List<TableProfile> parts, long digest, RecordCoordinates where) implements Step {

    public Run {
      parts = List.copyOf(parts);
    }
  }

  /** The judgement of a run. */
  record Verdict(RunVerdict verdict) implements Step {}

  /** A finding of a run. */
  record Event(DriftEvent event) implements Step {}

  /**
   * An incident as it stands now, under its own id.
   *
   * @param incident null: it is forgotten
   */
  record Standing(@Nullable Incident incident) implements Step {}

  /**
   * A policy that is in force now, with its version.
   *
   * @param policy null: it was removed
   */
  record InForce(@Nullable DriftPolicy policy) implements Step {}

  /** An instruction that obeys the rules. */
  record Command(DriftCommand command, RecordCoordinates where) implements Step {}

  /** A record that goes no further, and why. */
  record Refused(DeadLetter letter) implements Step {}
}
