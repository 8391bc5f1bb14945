package io.profilemesh.configuration;

import io.profilemesh.configuration.file.ConfigurationNode;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads when the tables of an entry are profiled, and how much of them. */
final class ScheduleReader {

  private static final int LONGEST_NAME = 200;

  private ScheduleReader() {}

  /**
   * A schedule as an entry gives it, for all its sources.
   *
   * @param name what the pipeline is called, or null for what it profiles
   */
  record Schedule(@Nullable String name, CronExpression cron, ZoneId zone, MissedPolicy missed) {

    /** That of one source, in a pipeline of its own. */
    ScheduleConfig of(
        SourceName source,
        boolean oneOfSeveral,
        List<TablePattern> include,
        @Nullable SliceConfig slice) {
      String pipeline =
          name == null
              ? nameOf(source.value(), include, slice)
              : oneOfSeveral ? source.value() + ':' + name : name;
      return new ScheduleConfig(pipeline, cron, zone, missed);
    }
  }

  /** The schedule of an entry: an expression, or a mapping with more; empty: none, or a mistake. */
  static Optional<Schedule> schedule(ConfigurationNode entry) {
    if (!entry.has(ScheduleKeys.SCHEDULE)) {
      return Optional.empty();
    }
    if (entry.isShort(ScheduleKeys.SCHEDULE)) {
      return Optional.ofNullable(entry.get(ScheduleKeys.Schedule.SHORT))
          .map(cron -> new Schedule(null, cron, ZoneOffset.UTC, MissedPolicy.SKIP));
    }
    ConfigurationNode node = entry.child(ScheduleKeys.SCHEDULE);
    CronExpression cron = node.get(ScheduleKeys.Schedule.CRON);
    ZoneId zone = node.valueOf(ScheduleKeys.Schedule.ZONE);
    MissedPolicy missed = node.valueOf(ScheduleKeys.Schedule.MISSED);
    String name = node.get(ScheduleKeys.Schedule.NAME);
    return Optional.ofNullable(cron).map(when -> new Schedule(name, when, zone, missed));
  }

  /** How much of its tables is read. */
  static PlanConfig plan(ConfigurationNode entry) {
    ConfigurationNode node = entry.child(ScheduleKeys.PLAN);
    return new PlanConfig(
        node.valueOf(ScheduleKeys.Plan.SKIP_UNCHANGED),
        node.get(ScheduleKeys.Plan.RESCAN_AFTER),
        node.get(ScheduleKeys.Plan.MAX_ROWS),
        node.get(ScheduleKeys.Plan.MAX_BYTES));
  }

  /** What a pipeline is called that has no name: what it profiles. */
  private static String nameOf(
      String source, List<TablePattern> include, @Nullable SliceConfig slice) {
    String patterns = String.join(",", include.stream().map(TablePattern::text).toList());
    String name = source + ':' + patterns + (slice == null ? "" : '@' + slice.name());
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }
}
