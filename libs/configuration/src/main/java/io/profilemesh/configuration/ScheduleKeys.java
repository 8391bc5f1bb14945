package io.profilemesh.configuration;

import io.profilemesh.configuration.key.GroupKey;
import io.profilemesh.configuration.key.InvalidValueException;
import io.profilemesh.configuration.key.Key;
import io.profilemesh.configuration.key.KeyGroup;
import io.profilemesh.configuration.key.Kind;
import io.profilemesh.configuration.key.Kinds;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

/** The keys that say when the tables of an entry are profiled, and how much of them. */
final class ScheduleKeys {

  private static final int LONGEST_NAME = 200;

  private static final Kind<CronExpression> EXPRESSION =
      Kinds.of(
          "cron expression of five fields",
          Map.of("type", "string"),
          text -> {
            try {
              return CronExpression.parse(text);
            } catch (IllegalArgumentException e) {
              throw new InvalidValueException("is no cron expression: " + e.getMessage());
            }
          });

  private static final Kind<ZoneId> TIME_ZONE =
      Kinds.of(
          "time zone",
          Map.of("type", "string"),
          text -> {
            try {
              return ZoneId.of(text);
            } catch (DateTimeException e) {
              throw new InvalidValueException("must be a time zone such as Europe/Berlin or UTC");
            }
          });

  private static final Kind<String> PIPELINE =
      Kinds.of(
          "text",
          Map.of("type", "string", "minLength", 1, "maxLength", LONGEST_NAME),
          text -> {
            if (text.isEmpty()
                || text.length() > LONGEST_NAME
                || text.chars().anyMatch(Character::isISOControl)) {
              throw new InvalidValueException(
                  "must have 1 to " + LONGEST_NAME + " printable characters");
            }
            return text;
          });

  /** When. */
  static final class Schedule {
    static final KeyGroup GROUP =
        new KeyGroup(
            "Schedule",
            "When the tables are profiled by themselves. A single cron expression in the mapping's"
                + " place is read in UTC.");

    static final Key<CronExpression> SHORT =
        Key.of("schedule", EXPRESSION, "when it fires, in UTC");

    static final Key<CronExpression> CRON =
        GROUP.add(
            Key.of("cron", EXPRESSION, "minute, hour, day of month, month, day of week")
                .required());

    static final Key<ZoneId> ZONE =
        GROUP.add(Key.of("zone", TIME_ZONE, "in which the expression is read").orElse("Z"));

    static final Key<MissedPolicy> MISSED =
        GROUP.add(
            Key.of(
                    "missed",
                    Kinds.choice(MissedPolicy.class),
                    "what becomes of firings that fell into a downtime: `skip` (nothing) or `once`"
                        + " (one run makes up for all)")
                .orElse("skip"));

    static final Key<String> NAME =
        GROUP.add(
            Key.of("name", PIPELINE, "pipeline that it is paused, resumed and listed by")
                .orElseAs("source and patterns"));

    private Schedule() {}
  }

  /** How much. */
  static final class Plan {
    static final KeyGroup GROUP =
        new KeyGroup("Plan", "How much of a table is read, and when not at all.");

    static final Key<Boolean> SKIP_UNCHANGED =
        GROUP.add(
            Key.of(
                    "skip-unchanged",
                    Kinds.truth(),
                    "whether schedules and sweeps leave alone what the source says has not changed"
                        + " ([ADR 0015](adr/0015-change-tokens-and-table-states.md))")
                .orElse("true"));

    static final Key<Duration> RESCAN_AFTER =
        GROUP.add(
            Key.of(
                    "rescan-after",
                    Kinds.duration(),
                    "age of a profile at which they read even what has not changed")
                .orElseAs("never"));

    static final Key<Long> MAX_ROWS =
        GROUP.add(
            Key.of(
                "max-rows",
                Kinds.wholeNumber(1),
                "larger tables are sampled down to about so many rows"));

    static final Key<Long> MAX_BYTES =
        GROUP.add(
            Key.of("max-bytes", Kinds.bytes(), "larger tables are sampled down to about so much"));

    private Plan() {}
  }

  static final GroupKey SCHEDULE =
      new GroupKey(
          "schedule", Schedule.GROUP, Schedule.SHORT, "when they are profiled by themselves");

  static final GroupKey PLAN =
      new GroupKey("plan", Plan.GROUP, "how much of a table is read, and when not at all");

  private ScheduleKeys() {}
}
