package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.TableProfile;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How old the newest data of a table is. Only whole tables have an age that says anything: a period
 * of a slice is as old as it is.
 */
public final class DataAge {

  private static final double SECOND = 1_000;
  private static final double MINUTE = 60 * SECOND;
  private static final double HOUR = 60 * MINUTE;
  private static final double DAY = 24 * HOUR;

  private DataAge() {}

  /** The age in milliseconds, not below 0; empty when it is not measured or says nothing. */
  static OptionalDouble of(TableProfile profile) {
    Double age =
        Optional.ofNullable(profile.metrics().get(Metric.DATA_AGE))
            .map(value -> value.number())
            .orElse(null);
    return age == null || profile.dataset().slice() != null
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.max(0, age));
  }

  /** The column it was measured by: the one whose latest value is that old. */
  static Optional<ColumnProfile> column(TableProfile profile, double age) {
    double latest = profile.scannedAt().toEpochMilli() - age;
    return profile.columnProfiles().stream()
        .filter(column -> column.column().type().isTemporal())
        .filter(column -> column.column().type() != ColumnType.TIME)
        .filter(column -> column.number(Metric.LATEST).isPresent())
        .filter(column -> Math.abs(column.number(Metric.LATEST).orElse(0) - latest) <= SECOND)
        .findFirst();
  }

  /** An age as people say it, in the largest unit of which there are two. */
  public static String words(double millis) {
    double age = Math.abs(millis);
    if (age < 2 * MINUTE) {
      return words(age / SECOND, "second");
    }
    if (age < 2 * HOUR) {
      return words(age / MINUTE, "minute");
    }
    return age < 2 * DAY ? words(age / HOUR, "hour") : words(age / DAY, "day");
  }

  private static String words(double number, String unit) {
    double rounded = Math.rint(number * 10) / 10;
    String text =
        rounded == Math.rint(rounded)
            ? Long.toString((long) rounded)
            : String.format(Locale.ROOT, "%.1f", rounded);
    return text + " " + unit + (rounded == 1 ? "" : "s");
  }
}
