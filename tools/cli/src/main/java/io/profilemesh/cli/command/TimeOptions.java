package io.profilemesh.cli.command;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.rest.Parameters;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which time is wanted. */
final class TimeOptions {

  @Option(names = "--days", paramLabel = "N", description = "The last N days.")
  @Nullable Integer days;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "From this time on: 2026-01-31 (UTC) or 2026-01-31T08:00:00Z.")
  @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Before this time.")
  @Nullable String to;

  Parameters addTo(Parameters parameters) {
    check();
    return parameters
        .with("days", days)
        .with("from", instant("--from", from))
        .with("to", instant("--to", to));
  }

  /** Whether something of a time is wanted. */
  Predicate<Instant> wanted(Instant now) {
    check();
    Instant start = days == null ? instant("--from", from) : now.minus(Duration.ofDays(days));
    Instant end = instant("--to", to);
    return time -> (start == null || !time.isBefore(start)) && (end == null || time.isBefore(end));
  }

  private void check() {
    if (days != null && (from != null || to != null)) {
      throw Failure.usage("--days and --from or --to both say when", "Leave one out.");
    }
    if (days != null && days < 1) {
      throw Failure.usage("--days is " + days, "It is at least 1.");
    }
  }

  static @Nullable Instant instant(String option, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw Failure.usage(
          option + " is no time: " + text,
          "Write a day (2026-01-31, UTC) or a time with its zone (2026-01-31T08:00:00Z).");
    }
  }
}
