package io.profilemesh.schema;

import org.jspecify.annotations.Nullable;

/** Rules of what people tell the drift service. */
final class PolicyRules {

  private static final double LOW = 0.05;
  private static final double MEDIUM = 0.15;
  private static final double HIGH = 0.30;
  private static final double MOST_FALSE_ALARMS = 1_000;
  private static final int MOST_RUNS = 60;

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
    if (!areRuns(policy.getWindow()) || !areRuns(policy.getMinimumHistory())) {
      return "window or minimumHistory lies outside 2 to 60.";
    }
    if (belowOne(policy.getWindowDays())
        || belowOne(policy.getAcceptSchemaAfterRuns())
        || belowOne(policy.getMaximumDataAgeMinutes())) {
      return "windowDays, acceptSchemaAfterRuns or maximumDataAgeMinutes is below 1.";
    }
    if (!isLink(policy.getRunbookUrl())) {
      return "runbookUrl is no http or https address.";
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
    problem = Parts.first(problem, completeness(command));
    return Parts.first(problem, profile(command));
  }

  /** A profile is that of the run, and whole. */
  private static @Nullable String profile(DriftCommand command) {
    TableProfile profile = command.getProfile();
    if (profile == null) {
      return null;
    }
    if (!profile.getDatasetId().equals(command.getDatasetId())
        || !profile.getRunId().equals(command.getRunId())) {
      return "profile is of another dataset or run.";
    }
    return profile.getPartCount() == 1 ? ProfileRules.problem(profile) : "profile is not whole.";
  }

  private static @Nullable String completeness(DriftCommand command) {
    boolean complete =
        switch (command.getKind()) {
          case PIN -> command.getRunId() != null;
          case FEEDBACK ->
              command.getFeedback() != null && command.getFeedback() != Feedback.UNKNOWN;
          case ACKNOWLEDGE -> command.getIncidentId() != null;
          case SEED -> command.getProfile() != null;
          case ASSIGN -> command.getIncidentId() != null && command.getAssignee() != null;
          case UNPIN, ACCEPT_SCHEMA, MUTE, FORGET, UNKNOWN -> true;
        };
    return complete ? null : "a field that this kind of command needs is missing.";
  }

  private static @Nullable String thresholds(DriftPolicy policy) {
    Double budget = policy.getFalseAlarmsPerMonth();
    if (budget != null && !(budget > 0 && budget <= MOST_FALSE_ALARMS)) {
      return "falseAlarmsPerMonth is not above 0 and at most 1000.";
    }
    if (belowZero(policy.getAbsoluteFloor())) {
      return "absoluteFloor is negative or not finite.";
    }
    double low = or(policy.getLowThreshold(), LOW);
    double medium = or(policy.getMediumThreshold(), MEDIUM);
    double high = or(policy.getHighThreshold(), HIGH);
    return low > 0 && low <= medium && medium <= high && Double.isFinite(high)
        ? null
        : "the thresholds, built-in ones in the place of missing ones, are not above 0 or do not"
            + " ascend from low to high.";
  }

  private static double or(@Nullable Double number, double other) {
    return number == null ? other : number;
  }

  private static boolean areRuns(@Nullable Integer number) {
    return number == null || (number >= 2 && number <= MOST_RUNS);
  }

  private static boolean isLink(@Nullable String url) {
    return url == null
        || (Shapes.isName(url) && (url.startsWith("https://") || url.startsWith("http://")));
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
