package io.profilemesh.sink.rows;

import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunEventType;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What the events of one run amount to, in whatever order and however often they come: the event
 * that ranks highest decides, and instants are the earliest seen. Merging is commutative,
 * associative and idempotent.
 *
 * @param deciding the event that decides
 * @param requestedAt earliest instant known of the run
 * @param startedAt earliest start; null: none seen
 * @param answer the event that answered the request, with the planner's decision; null: none seen
 */
record RunProgress(
    RunEvent deciding,
    Instant requestedAt,
    @Nullable Instant startedAt,
    @Nullable RunEvent answer) {

  private static final Comparator<RunEvent> DECIDING =
      Comparator.<RunEvent>comparingInt(event -> rank(event.getType()))
          .thenComparingInt(RunEvent::getAttempt)
          .thenComparing(RunEvent::getOccurredAt)
          .thenComparing(RunEvent::getEventId);

  private static final Comparator<RunEvent> ANSWERING =
      Comparator.comparing(RunEvent::getOccurredAt).thenComparing(RunEvent::getEventId);

  static RunProgress of(RunEvent event) {
    Instant at = event.getOccurredAt();
    return new RunProgress(
        event,
        at,
        event.getType() == RunEventType.STARTED ? at : null,
        event.getDatasets() == null ? null : event);
  }

  RunProgress merge(RunProgress other) {
    return new RunProgress(
        DECIDING.compare(other.deciding, deciding) > 0 ? other.deciding : deciding,
        other.requestedAt.isBefore(requestedAt) ? other.requestedAt : requestedAt,
        earliest(startedAt, other.startedAt),
        first(answer, other.answer));
  }

  /** How far an event says its run came; the table's generated status reads the same numbers. */
  static int rank(RunEventType type) {
    return switch (type) {
      case UNKNOWN -> 0;
      case ACCEPTED -> 1;
      case STARTED, PROGRESS -> 2;
      case SKIPPED -> 3;
      case CANCELLED -> 4;
      case FAILED -> 5;
      case COMPLETED -> 6;
    };
  }

  private static @Nullable RunEvent first(@Nullable RunEvent one, @Nullable RunEvent other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return ANSWERING.compare(one, other) <= 0 ? one : other;
  }

  private static @Nullable Instant earliest(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.isBefore(one) ? other : one;
  }
}
