package io.profilemesh.profiler.scan;

import java.time.LocalDate;
import java.time.YearMonth;

/** Reads dates and times written as ISO 8601 has it; {@link #NONE} stands for what is none. */
final class IsoTimes {

  /** No date or time is this number. */
  static final long NONE = Long.MIN_VALUE;

  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
  private static final int DATE_LENGTH = 10;

  private IsoTimes() {}

  /** Days since 1970-01-01. */
  static long days(String text) {
    return text.length() == DATE_LENGTH ? date(text) : NONE;
  }

  /** Microseconds since midnight; digits beyond are cut off. */
  static long timeMicros(String text) {
    return time(text, 0, text.length());
  }

  /** Microseconds since 1970-01-01T00:00:00; an offset is taken off. */
  static long timestampMicros(String text) {
    if (text.length() < DATE_LENGTH) {
      return NONE;
    }
    long days = date(text);
    if (days == NONE || text.length() == DATE_LENGTH) {
      return days == NONE ? NONE : days * MICROS_PER_DAY;
    }
    char separator = text.charAt(DATE_LENGTH);
    int end = zoneAt(text, DATE_LENGTH + 1);
    long time = time(text, DATE_LENGTH + 1, end);
    long offset = offset(text, end);
    if ((separator != ' ' && separator != 'T') || time == NONE || offset == NONE) {
      return NONE;
    }
    return days * MICROS_PER_DAY + time - offset;
  }

  private static long date(String text) {
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 2);
    int day = digits(text, 8, 2);
    if (year < 0 || month < 1 || month > 12 || day < 1) {
      return NONE;
    }
    if (text.charAt(4) != '-' || text.charAt(7) != '-') {
      return NONE;
    }
    return day > YearMonth.of(year, month).lengthOfMonth()
        ? NONE
        : LocalDate.of(year, month, day).toEpochDay();
  }

  /** {@code HH:MM}, {@code HH:MM:SS} or with a fraction. */
  private static long time(String text, int from, int end) {
    int length = end - from;
    int hour = length < 5 ? -1 : digits(text, from, 2);
    int minute = length < 5 ? -1 : digits(text, from + 3, 2);
    int second = length == 5 ? 0 : length < 8 ? -1 : digits(text, from + 6, 2);
    if (hour < 0 || minute < 0 || second < 0 || minute > 59 || second > 59 || hour > 24) {
      return NONE;
    }
    if (text.charAt(from + 2) != ':' || (length > 5 && text.charAt(from + 5) != ':')) {
      return NONE;
    }
    long fraction = length <= 8 ? 0 : fraction(text, from + 8, end);
    long micros = ((hour * 60L + minute) * 60 + second) * MICROS_PER_SECOND + fraction;
    return fraction == NONE || micros > MICROS_PER_DAY ? NONE : micros;
  }

  private static long fraction(String text, int from, int end) {
    if (text.charAt(from) != '.' || end == from + 1) {
      return NONE;
    }
    long micros = 0;
    long unit = MICROS_PER_SECOND / 10;
    for (int i = from + 1; i < end; i++) {
      int digit = digits(text, i, 1);
      if (digit < 0) {
        return NONE;
      }
      micros += digit * unit;
      unit /= 10;
    }
    return micros;
  }

  private static int zoneAt(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 'Z' || c == '+' || c == '-') {
        return i;
      }
    }
    return text.length();
  }

  /** {@code Z}, {@code +HH}, {@code +HHMM} or {@code +HH:MM}; nothing is zero. */
  private static long offset(String text, int at) {
    if (at == text.length()) {
      return 0;
    }
    if (text.charAt(at) == 'Z') {
      return at + 1 == text.length() ? 0 : NONE;
    }
    int length = text.length() - at - 1;
    int hours = length < 2 ? -1 : digits(text, at + 1, 2);
    int minutes = length == 2 ? 0 : digits(text, text.length() - 2, 2);
    boolean colon = length == 5 && text.charAt(at + 3) == ':';
    if (hours < 0 || minutes < 0 || minutes > 59 || !(length == 2 || length == 4 || colon)) {
      return NONE;
    }
    long micros = (hours * 60L + minutes) * 60 * MICROS_PER_SECOND;
    return text.charAt(at) == '-' ? -micros : micros;
  }

  private static int digits(String text, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = 10 * value + c - '0';
    }
    return value;
  }
}
