package io.profilemesh.schema;

import org.jspecify.annotations.Nullable;

/** Rules of what people tell the drift service. */
final class PolicyRules {

  private PolicyRules() {}

  static @Nullable String problem(DriftPolicy policy) {
    if (!Shapes.isName(policy.getPolicyId())
        || !Shapes.isName(policy.getDatasetPattern())
        || !Shapes.isName(policy.getColumnPattern())) {
      return "policyId, datasetPattern or columnPattern is empty, too long or not printable.";
    }
    if (policy.getDirection() == Direction.UNKNOWN
        || policy.getStrategy() == BaselineStrategy.UNKNOWN) {
      return "direction or strategy is unknown to this version.";
    }
    if (belowOne(policy.getWindow())
        || belowOne(policy.getMinimumHistory())
        || belowOne(policy.getAcceptSchemaAfterRuns())) {
      return "window, minimumHistory or acceptSchemaAfterRuns is below 1.";
    }
    if (!Shapes.isInstantOrNull(policy.getMutedUntil())
        || !Shapes.isInstantOrNull(policy.getUpdatedAt())) {
      return "mutedUntil or updatedAt lies outside 1970 to 2100.";
    }
    return Parts.first(thresholds(policy), calendars(policy));
  }

  static @Nullable String problem(DriftCommand command) {
    if (command.getKind() == DriftCommandKind.UNKNOWN) {
      return "kind is unknown to this version.";
    }
    if (!Shapes.isUuid(command.getCommandId()) || !Shapes.isDatasetId(command.getDatasetId())) {
      return "commandId or datasetId is malformed.";
    }
    String run = command.getRunId();
    if (run != null && !Shapes.isUuid(run)) {
      return "runId is no UUID.";
    }
    if (!Shapes.isInstant(command.getIssuedAt()) || !Shapes.isInstantOrNull(command.getUntil())) {
      return "issuedAt or until lies outside 1970 to 2100.";
    }
    String problem = Parts.people(command.getActor(), command.getReason(), command.getAssignee());
    return Parts.first(problem, completeness(command));
  }

  private static @Nullable String completeness(DriftCommand command) {
    boolean complete =
        switch (command.getKind()) {
          case PIN -> command.getRunId() != null;
          case FEEDBACK ->
              command.getFeedback() != null && command.getFeedback() != Feedback.UNKNOWN;
          case ACKNOWLEDGE -> command.getIncidentId() != null;
          case ASSIGN -> command.getIncidentId() != null && command.getAssignee() != null;
          case UNPIN, ACCEPT_SCHEMA, MUTE, FORGET, UNKNOWN -> true;
        };
    return complete ? null : "a field that this kind of command needs is missing.";
  }

  private static @Nullable String thresholds(DriftPolicy policy) {
    Double low = policy.getLowThreshold();
    Double medium = policy.getMediumThreshold();
    Double high = policy.getHighThreshold();
    if (belowZero(low)
        || belowZero(medium)
        || belowZero(high)
        || belowZero(policy.getAbsoluteFloor())
        || belowZero(policy.getFalseAlarmsPerMonth())) {
      return "a threshold, floor or budget is negative or not finite.";
    }
    return Shapes.isRange(low, medium) && Shapes.isRange(medium, high) && Shapes.isRange(low, high)
        ? null
        : "the thresholds do not ascend from low to high.";
  }

  private static @Nullable String calendars(DriftPolicy policy) {
    for (CalendarWindow window : policy.getCalendars()) {
      if (!Shapes.isInstant(window.getStart())
          || !Shapes.isInstant(window.getEnd())
          || !window.getStart().isBefore(window.getEnd())) {
        return "a calendar window ends before it starts, or lies outside 1970 to 2100.";
      }
    }
    return null;
  }

  private static boolean belowOne(@Nullable Integer number) {
    return number != null && number < 1;
  }

  private static boolean belowZero(@Nullable Double number) {
    return number != null && !(number >= 0 && Double.isFinite(number));
  }
}
