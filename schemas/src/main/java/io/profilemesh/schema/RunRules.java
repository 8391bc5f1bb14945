package io.profilemesh.schema;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Rules of the records about runs. */
final class RunRules {

  private static final int MOST_STATEMENTS = 1_000;
  private static final int LONGEST_STATEMENT = 10_000;
  private static final Duration LONGEST_RUN = Duration.ofDays(40);

  private RunRules() {}

  static @Nullable String problem(RunWork work) {
    String identity = Parts.run(work.getRunId(), work.getRequestId(), work.getDatasetId());
    if (identity != null) {
      return identity;
    }
    if (!Shapes.isName(work.getEnvironment())) {
      return "environment is empty or not printable.";
    }
    if (!Shapes.isInstant(work.getAcceptedAt()) || !Shapes.isInstantOrNull(work.getDeadline())) {
      return "acceptedAt or deadline lies outside 1970 to 2100.";
    }
    String problem = Parts.people(work.getRequester(), work.getReason(), null);
    problem = Parts.first(problem, ScheduleRules.pipeline(work.getPipeline()));
    return Parts.first(problem, PlanRules.problem(work.getPlan()));
  }

  static @Nullable String problem(RunEvent event) {
    if (event.getType() == RunEventType.UNKNOWN) {
      return "type is unknown to this version.";
    }
    if (!Shapes.isHex(event.getEventId(), 32) || !Shapes.isUuid(event.getRunId())) {
      return "eventId or runId is malformed.";
    }
    if (!Shapes.isName(event.getEnvironment())
        || !Shapes.isText(event.getRequestId(), Parts.LONGEST_REQUEST_ID)) {
      return "environment or requestId is empty, too long or not printable.";
    }
    if (!Shapes.isInstant(event.getOccurredAt())) {
      return "occurredAt lies outside 1970 to 2100.";
    }
    String problem = Parts.people(event.getRequester(), event.getReason(), event.getOwner());
    problem = Parts.first(problem, Parts.tags(event.getTags()));
    problem = Parts.first(problem, Parts.sampling(event.getSampling()));
    problem = Parts.first(problem, numbers(event));
    problem = Parts.first(problem, ScheduleRules.pipeline(event.getPipeline()));
    problem = Parts.first(problem, PlanRules.problem(event.getPlan()));
    problem = Parts.first(problem, statements(event));
    return Parts.first(problem, byType(event));
  }

  static @Nullable String problem(LedgerEntry entry) {
    if (entry.getKind() == LedgerKind.UNKNOWN) {
      return "kind is unknown to this version.";
    }
    if (!Shapes.isUuid(entry.getRunId()) || entry.getRequestId().isEmpty()) {
      return "runId or requestId is malformed.";
    }
    if (entry.getKind() == LedgerKind.RUN && entry.getDatasetId() == null) {
      return "datasetId is missing.";
    }
    return Shapes.isInstant(entry.getRecordedAt()) ? null : "recordedAt lies outside 1970 to 2100.";
  }

  static @Nullable String problem(RunCommand command) {
    if (command.getKind() == RunCommandKind.UNKNOWN) {
      return "kind is unknown to this version.";
    }
    if (!Shapes.isUuid(command.getCommandId()) || !Shapes.isUuid(command.getRunId())) {
      return "commandId or runId is no UUID.";
    }
    String dataset = command.getDatasetId();
    if (dataset != null && !Shapes.isDatasetId(dataset)) {
      return "datasetId is not of the form source/schema/table.";
    }
    return Shapes.isInstant(command.getIssuedAt())
        ? Parts.people(command.getActor(), command.getReason(), null)
        : "issuedAt lies outside 1970 to 2100.";
  }

  static @Nullable String problem(TableState state) {
    if (!Shapes.isUuid(state.getRunId()) || !Shapes.isDatasetId(state.getDatasetId())) {
      return "runId or datasetId is malformed.";
    }
    if (!Shapes.isName(state.getEnvironment()) || !Shapes.isName(state.getSettings())) {
      return "environment or settings is empty or not printable.";
    }
    if (!Shapes.isInstant(state.getLookedAt())
        || !Shapes.isInstant(state.getScanStartedAt())
        || !Shapes.isInstantOrNull(state.getSliceEnd())) {
      return "lookedAt, scanStartedAt or sliceEnd lies outside 1970 to 2100.";
    }
    return state.getRowCount() < 0
            || negative(state.getBytes())
            || state.getRowsScanned() < 0
            || state.getBytesScanned() < 0
            || state.getScanMs() < 0
        ? "a count is negative."
        : null;
  }

  static @Nullable String problem(Expectation expectation) {
    if (!Shapes.isDatasetId(expectation.getDatasetId())) {
      return "datasetId is not of the form source/schema/table.";
    }
    if (expectation.getGraceSeconds() < 0) {
      return "graceSeconds is negative.";
    }
    return Shapes.isInstant(expectation.getDueAt()) ? null : "dueAt lies outside 1970 to 2100.";
  }

  static @Nullable String problem(DeadLetter letter) {
    if (!Shapes.isHex(letter.getDeadLetterId(), 32) || !Shapes.isName(letter.getService())) {
      return "deadLetterId or service is malformed.";
    }
    if (letter.getTopic().isEmpty() || letter.getPartition() < 0 || letter.getOffset() < 0) {
      return "topic, partition or offset is malformed.";
    }
    return letter.getSizeBytes() < 0 || !Shapes.isName(letter.getCode())
        ? "sizeBytes or code is malformed."
        : null;
  }

  private static @Nullable String numbers(RunEvent event) {
    if (event.getAttempt() < 1) {
      return "attempt is below 1.";
    }
    return negative(event.getRowsRead())
            || negative(event.getRowsEstimated())
            || negative(event.getRowCount())
            || negative(event.getBytesScanned())
            || negative(event.getDurationMs())
            || (event.getDatasets() != null && event.getDatasets() < 1)
        ? "a count is negative."
        : null;
  }

  private static @Nullable String statements(RunEvent event) {
    if (event.getStatements().size() > MOST_STATEMENTS) {
      return "statements are too many.";
    }
    for (SourceStatement statement : event.getStatements()) {
      if (statement.getText().length() > LONGEST_STATEMENT || statement.getExecutions() < 1) {
        return "a statement is too long, or was never run.";
      }
      if (negative(statement.getRows())
          || negative(statement.getBytes())
          || statement.getDurationMs() < 0) {
        return "a count of a statement is negative.";
      }
      boolean inTime =
          Shapes.isInstant(statement.getStartedAt())
              && Shapes.isInstant(statement.getEndedAt())
              && !statement.getEndedAt().isBefore(statement.getStartedAt())
              && !statement.getStartedAt().isBefore(event.getOccurredAt().minus(LONGEST_RUN))
              && !statement.getEndedAt().isAfter(event.getOccurredAt().plus(LONGEST_RUN));
      if (!inTime) {
        return "a statement ran at another time than its run.";
      }
    }
    return null;
  }

  private static @Nullable String byType(RunEvent event) {
    return switch (event.getType()) {
      case FAILED, SKIPPED, CANCELLED -> explained(event);
      case COMPLETED -> completed(event);
      case ACCEPTED, STARTED, PROGRESS -> dataset(event);
      case UNKNOWN -> null;
    };
  }

  private static @Nullable String explained(RunEvent event) {
    String code = event.getCode();
    if (code == null || !Shapes.isName(code)) {
      return "code is missing.";
    }
    return Shapes.isName(event.getDatasetId()) ? null : "datasetId is empty or not printable.";
  }

  private static @Nullable String completed(RunEvent event) {
    Integer parts = event.getProfileParts();
    if (event.getRowCount() == null || parts == null || parts < 1) {
      return "a completed run lacks its row count or its number of profile parts.";
    }
    return dataset(event);
  }

  private static @Nullable String dataset(RunEvent event) {
    String problem = Parts.run(event.getRunId(), event.getRequestId(), event.getDatasetId());
    return Parts.first(
        problem,
        Parts.names(
            event.getDatasetId(),
            event.getSource(),
            event.getSchemaName(),
            event.getTableName(),
            event.getSliceName()));
  }

  private static boolean negative(@Nullable Long count) {
    return count != null && count < 0;
  }
}
