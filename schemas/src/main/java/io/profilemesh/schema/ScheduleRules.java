package io.profilemesh.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules of the records about schedules. */
final class ScheduleRules {

  private static final int LONGEST_PIPELINE = 200;
  private static final int MOST_PATTERNS = 2_000;
  private static final int LONGEST_PATTERN = 1_000;

  private ScheduleRules() {}

  /** The name of a pipeline, where there is one. */
  static @Nullable String pipeline(@Nullable String name) {
    return name == null || (!name.isBlank() && Shapes.isText(name, LONGEST_PIPELINE))
        ? null
        : "pipeline must have 1 to 200 printable characters.";
  }

  static @Nullable String problem(Schedule schedule) {
    String problem = pipeline(schedule.getPipeline());
    problem = Parts.first(problem, patterns(schedule.getInclude(), schedule.getExclude()));
    problem = Parts.first(problem, Parts.people(null, null, schedule.getOwner()));
    problem = Parts.first(problem, Parts.tags(schedule.getTags()));
    if (problem != null) {
      return problem;
    }
    if (!Shapes.isName(schedule.getEnvironment()) || !Shapes.isName(schedule.getSource())) {
      return "environment or source is empty or not printable.";
    }
    if (!Shapes.isName(schedule.getCron()) || !Shapes.isName(schedule.getZone())) {
      return "cron or zone is empty or not printable.";
    }
    if (!Shapes.isText(schedule.getFiredRequestId(), Parts.LONGEST_REQUEST_ID)
        || schedule.getMissedCount() < 0) {
      return "firedRequestId or missedCount is malformed.";
    }
    return Shapes.isInstant(schedule.getConsideredUntil())
            && Shapes.isInstant(schedule.getUpdatedAt())
            && Shapes.isInstantOrNull(schedule.getFiredFor())
            && Shapes.isInstantOrNull(schedule.getFiredAt())
            && Shapes.isInstantOrNull(schedule.getNextAt())
        ? null
        : "an instant lies outside 1970 to 2100.";
  }

  static @Nullable String problem(ScheduleCommand command) {
    if (command.getKind() == ScheduleCommandKind.UNKNOWN) {
      return "kind is unknown to this version.";
    }
    if (!Shapes.isUuid(command.getCommandId())) {
      return "commandId is no UUID.";
    }
    String problem = pipeline(command.getPipeline());
    problem = Parts.first(problem, Parts.people(command.getActor(), command.getReason(), null));
    return Shapes.isInstant(command.getIssuedAt())
        ? problem
        : "issuedAt lies outside 1970 to 2100.";
  }

  private static @Nullable String patterns(List<String> include, List<String> exclude) {
    boolean fit =
        !include.isEmpty()
            && include.size() <= MOST_PATTERNS
            && exclude.size() <= MOST_PATTERNS
            && include.stream().allMatch(text -> Shapes.isText(text, LONGEST_PATTERN))
            && exclude.stream().allMatch(text -> Shapes.isText(text, LONGEST_PATTERN));
    return fit ? null : "include or exclude is empty, too long or not printable.";
  }
}
