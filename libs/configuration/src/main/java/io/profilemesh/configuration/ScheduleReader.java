package io.profilemesh.configuration;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
    if (!entry.has("schedule")) {
      return null;
    }
    if (!entry.isMapping("schedule")) {
      CronExpression cron = cron(entry, "schedule");
      return cron == null
          ? null
          : new ScheduleConfig(fallbackName, cron, ZoneOffset.UTC, MissedPolicy.SKIP);
    }
    ConfigurationNode node = entry.child("schedule");
    CronExpression cron = node.has("cron") ? cron(node, "cron") : missingCron(node);
    ZoneId zone = zone(node);
    MissedPolicy missed =
        node.read(
            "missed",
            MissedPolicy.SKIP,
            "skip or once",
            text -> ConfigurationScalars.constant(MissedPolicy.class, text));
    String name = name(node, fallbackName);
    node.refuseUnknown();
    return cron == null ? null : new ScheduleConfig(name, cron, zone, missed);
  }

  /** How much of its tables is read. */
  static PlanConfig plan(ConfigurationNode entry) {
    ConfigurationNode node = entry.child("plan");
    PlanConfig plan =
        new PlanConfig(
            node.read("skip-unchanged", true, "true or false", ConfigurationScalars::truth),
            optional(
                node,
                "rescan-after",
                "a duration such as 12h, 7d or PT36H",
                ConfigurationScalars::duration),
            optional(
                node,
                "max-rows",
                "a whole number of at least 1",
                text -> ConfigurationScalars.wholeNumber(text, 1)),
            optional(
                node,
                "max-bytes",
                "a size such as 500MB, 20GB or a number of bytes",
                ConfigurationScalars::bytes));
    node.refuseUnknown();
    return plan;
  }

  /** What a pipeline is called that has no name: what it profiles. */
  static String nameOf(String source, List<TablePattern> include, @Nullable SliceConfig slice) {
    String patterns = String.join(",", include.stream().map(TablePattern::text).toList());
    String name = source + ':' + patterns + (slice == null ? "" : '@' + slice.name());
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }

  private static <T> @Nullable T optional(
      ConfigurationNode node, String field, String expected, Function<String, Optional<T>> reader) {
    String text = node.text(field);
    if (text == null) {
      return null;
    }
    Optional<T> value = reader.apply(text.trim());
    if (value.isEmpty()) {
      node.mistake(field, "must be " + expected);
    }
    return value.orElse(null);
  }

  private static @Nullable CronExpression missingCron(ConfigurationNode node) {
    node.requiredText("cron");
    return null;
  }

  private static @Nullable CronExpression cron(ConfigurationNode node, String field) {
    String text = node.text(field);
    if (text == null) {
      return null;
    }
    try {
      return CronExpression.parse(text);
    } catch (IllegalArgumentException e) {
      node.mistake(field, "'" + text + "' is no cron expression: " + e.getMessage());
      return null;
    }
  }

  private static ZoneId zone(ConfigurationNode node) {
    String text = node.text("zone");
    if (text == null) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      node.mistake(
          "zone", "'" + text + "' is no time zone; write one such as Europe/Berlin or UTC");
      return ZoneOffset.UTC;
    }
  }

  private static String name(ConfigurationNode node, String fallback) {
    String name = node.text("name");
    if (name == null) {
      return fallback;
    }
    if (name.isBlank()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      node.mistake("name", "must have 1 to " + LONGEST_NAME + " printable characters");
      return fallback;
    }
    return name;
  }
}
