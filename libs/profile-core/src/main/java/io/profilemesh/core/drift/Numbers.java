package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and instants as people read them, the same in every locale. */
final class Numbers {

  private static final MathContext DIGITS = new MathContext(5, RoundingMode.HALF_UP);
  private static final double TINY = 1e-4;
  private static final double HUGE = 1e15;
  private static final double MOST_MILLIS = 8.64e15;
  private static final long MILLIS_OF_DAY = 86_400_000;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Numbers() {}

  /** A number with two digits after the point, below 1 with five significant ones. */
  static String plain(double number) {
    double size = Math.abs(number);
    if (size != 0 && (size < TINY || size >= HUGE)) {
      return format("0.###E0", BigDecimal.valueOf(number));
    }
    if (number == Math.rint(number)) {
      return format("#,##0", BigDecimal.valueOf(number));
    }
    int scale = size >= 1 ? 2 : Math.max(0, new BigDecimal(number).round(DIGITS).scale());
    return format("#,##0.#########", new BigDecimal(number).setScale(scale, RoundingMode.HALF_UP));
  }

  /** A percentage with one digit after the point, with two significant ones below 1. */
  static String percent(double percent) {
    double size = Math.abs(percent);
    if (size > 0 && size < 1) {
      return format("0.####", new BigDecimal(percent).round(new MathContext(2))) + " %";
    }
    // 99.96 is not all: rounding must not hide the last missing values.
    RoundingMode mode = size > 99 && size < 100 ? RoundingMode.DOWN : RoundingMode.HALF_UP;
    return format("#,##0.#", new BigDecimal(percent).setScale(1, mode)) + " %";
  }

  /** A factor with one digit after the point. */
  static String factor(double factor) {
    return format("#,##0.0", new BigDecimal(factor).setScale(1, RoundingMode.HALF_UP));
  }

  /** An instant to the minute, in UTC. */
  static String instant(Instant instant) {
    return MINUTE.format(instant);
  }

  /** A date, time or instant in milliseconds, as its type is written. */
  static String temporal(double millis, ColumnType type) {
    if (Math.abs(millis) > MOST_MILLIS) {
      return plain(millis) + " ms";
    }
    if (type == ColumnType.TIME) {
      long ofDay = Math.floorMod((long) millis, MILLIS_OF_DAY);
      return LocalTime.ofNanoOfDay(ofDay * 1_000_000).toString();
    }
    Instant instant = Instant.ofEpochMilli((long) millis);
    return type == ColumnType.DATE ? DAY.format(instant) : MINUTE.format(instant);
  }

  private static String format(String pattern, BigDecimal number) {
    return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
  }
}
