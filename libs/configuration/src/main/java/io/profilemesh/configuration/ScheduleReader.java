package io.profilemesh.configuration;

import io.profilemesh.configuration.file.ConfigurationNode;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads when the tables of an entry are profiled, and how much of them. */
final class ScheduleReader {

  private static final int LONGEST_NAME = 200;

  private ScheduleReader() {}

  /**
   * The schedule of an entry: an expression, or a mapping with more; null: none, or a mistake.
   *
   * @param fallbackName name of the pipeline unless it has one of its own
   */
  static @Nullable ScheduleConfig schedule(ConfigurationNode entry, String fallbackName) {
    if (!entry.has(ScheduleKeys.SCHEDULE)) {
      return null;
    }
    if (entry.isShort(ScheduleKeys.SCHEDULE)) {
      CronExpression cron = entry.get(ScheduleKeys.Schedule.SHORT);
      return cron == null
          ? null
          : new ScheduleConfig(fallbackName, cron, ZoneOffset.UTC, MissedPolicy.SKIP);
    }
    ConfigurationNode node = entry.child(ScheduleKeys.SCHEDULE);
    CronExpression cron = node.get(ScheduleKeys.Schedule.CRON);
    ZoneId zone = node.valueOf(ScheduleKeys.Schedule.ZONE);
    MissedPolicy missed = node.valueOf(ScheduleKeys.Schedule.MISSED);
    String name = node.valueOr(ScheduleKeys.Schedule.NAME, fallbackName);
    return cron == null ? null : new ScheduleConfig(name, cron, zone, missed);
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
  static String nameOf(String source, List<TablePattern> include, @Nullable SliceConfig slice) {
    String patterns = String.join(",", include.stream().map(TablePattern::text).toList());
    String name = source + ':' + patterns + (slice == null ? "" : '@' + slice.name());
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }
}
