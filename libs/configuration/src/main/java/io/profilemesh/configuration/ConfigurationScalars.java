package io.profilemesh.configuration;

import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAmount;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Readers of single values; each is empty for a text that is none of its kind. */
final class ConfigurationScalars {

  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,6}) ?([kKmMgGtT][bB])|(\\d{1,18})(?:[bB]?)");

  private ConfigurationScalars() {}

  static Optional<Integer> integer(String text, int least, int most) {
    try {
      int value = Integer.parseInt(text);
      return value >= least && value <= most ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  static Optional<Long> wholeNumber(String text, long least) {
    try {
      long value = Long.parseLong(text);
      return value >= least ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** {@code 1024}, {@code 500kB}, {@code 20MB}, {@code 3GB}, {@code 1TB}, powers of 1,000. */
  static Optional<Long> bytes(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    if (matcher.group(3) != null) {
      return wholeNumber(matcher.group(3), 1);
    }
    long unit =
        switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
          case "kb" -> 1_000L;
          case "mb" -> 1_000_000L;
          case "gb" -> 1_000_000_000L;
          default -> 1_000_000_000_000L;
        };
    long bytes = Long.parseLong(matcher.group(1)) * unit;
    return bytes >= 1 ? Optional.of(bytes) : Optional.empty();
  }

  static Optional<Double> fraction(String text) {
    try {
      double value = Double.parseDouble(text);
      return value > 0 && value <= 1 ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  static Optional<Boolean> truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> Optional.of(true);
      case "false", "no", "off" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** {@code 250ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 7d} or ISO 8601; above zero. */
  static Optional<Duration> duration(String text) {
    Matcher matcher = SHORT_DURATION.matcher(text);
    try {
      Duration value =
          matcher.matches()
              ? shortDuration(Long.parseLong(matcher.group(1)), matcher.group(2))
              : Duration.parse(text);
      return value.isZero() || value.isNegative() ? Optional.empty() : Optional.of(value);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** An ISO 8601 period such as {@code P1D}, {@code P1M} or {@code PT1H}; above zero. */
  static Optional<TemporalAmount> period(String text) {
    try {
      Period value = Period.parse(text);
      return value.isZero() || value.isNegative() ? Optional.empty() : Optional.of(value);
    } catch (DateTimeParseException e) {
      return text.startsWith("P")
          ? duration(text).map(TemporalAmount.class::cast)
          : Optional.empty();
    }
  }

  static <E extends Enum<E>> Optional<E> constant(Class<E> type, String text) {
    for (E value : type.getEnumConstants()) {
      if (value.name().equalsIgnoreCase(text)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private static Duration shortDuration(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
