package io.profilemesh.core.incident;

import io.profilemesh.core.drift.DataAge;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Metric;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in one sentence why an incident is over. */
final class Endings {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final MathContext SHORT = new MathContext(4);
  private static final double HALF = 0.5;
  private static final double LONGEST_PLAIN = 1e9;

  private Endings() {}

  /** A run was within bounds. */
  static String of(Incident incident, RunSeen run, @Nullable Reading reading) {
    String since = since(incident);
    if (incident.key().equals(IncidentKey.MISSING_RUN)) {
      return "%s: a run has come (%s): %s"
          .formatted(line(run.dataset().table()), MINUTE.format(run.at()), since);
    }
    String what = subject(incident, run.dataset());
    if (incident.key().isSchema()) {
      return what + ": the column is as it was: " + since;
    }
    if (reading == null) {
      return what + ": there is nothing left to judge: " + since;
    }
    if (isInstant(reading)) {
      return "%s: %s is within what was expected: %s".formatted(what, reading.metric(), since);
    }
    if (reading.metric().equals(Metric.DATA_AGE.wireName())) {
      return "%s: the newest data is %s old, at most %s expected; %s"
          .formatted(what, DataAge.words(reading.current()), DataAge.words(reading.upper()), since);
    }
    String within =
        "%s is %s, within the %s to %s expected"
            .formatted(
                reading.metric(),
                plain(reading.current()),
                plain(reading.lower()),
                plain(reading.upper()));
    return stays(incident, reading)
        ? what + ": " + within + ": what was news is the baseline now; " + since
        : what + ": " + within + "; " + since;
  }

  /** A person said so. */
  static String of(Incident incident, DatasetId dataset, Feedback feedback) {
    String why =
        switch (feedback) {
          case EXPECTED -> "the change was expected";
          case FALSE_POSITIVE -> "it was no fault";
          case CONFIRMED -> "it was a fault";
        };
    return subject(incident, dataset) + ": " + why + ": " + since(incident);
  }

  /** A policy took the change of a schema over. */
  static String accepted(Incident incident, DatasetId dataset, String policy) {
    return "%s: accepted as policy %s says: %s"
        .formatted(subject(incident, dataset), line(policy), since(incident));
  }

  private static String subject(Incident incident, DatasetId dataset) {
    ColumnName column = incident.key().column();
    String table =
        line(dataset.slice() == null ? dataset.table() : dataset.table() + "@" + dataset.slice());
    String group = incident.key().group().replace('_', ' ');
    return column == null
        ? table + ", " + group
        : line(column.value()) + " of " + table + ", " + group;
  }

  private static String since(Incident incident) {
    int runs = incident.course().runs();
    return "the incident of %s is over after %d %s."
        .formatted(MINUTE.format(incident.origin().at()), runs, runs == 1 ? "run" : "runs");
  }

  /** Whether the number is still nearer to where it went than to where it came from. */
  private static boolean stays(Incident incident, Reading reading) {
    Double before = incident.origin().baseline();
    Double after = incident.origin().current();
    return before != null
        && after != null
        && reading.metric().equals(incident.origin().metric())
        && Math.abs(reading.current() - before) > HALF * Math.abs(after - before);
  }

  private static boolean isInstant(Reading reading) {
    return Metric.ofWireName(reading.metric())
        .map(metric -> metric.unit() == Metric.Unit.INSTANT)
        .orElse(false);
  }

  private static String line(String name) {
    return name.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
  }

  private static String plain(double number) {
    if (!Double.isFinite(number)) {
      return "any";
    }
    BigDecimal rounded = new BigDecimal(number).round(SHORT).stripTrailingZeros();
    return Math.abs(number) < LONGEST_PLAIN ? rounded.toPlainString() : rounded.toString();
  }
}
