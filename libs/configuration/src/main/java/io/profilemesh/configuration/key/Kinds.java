package io.profilemesh.configuration.key;

import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kinds of values that several keys share. */
public final class Kinds {

  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,6}) ?([kKmMgGtT][bB])|(\\d{1,18})(?:[bB]?)");
  private static final List<String> TRUE = List.of("true", "yes", "on");
  private static final List<String> FALSE = List.of("false", "no", "off");

  private Kinds() {}

  /** Any text but an empty one. */
  public static Kind<String> text() {
    return of("text", Map.of("type", "string", "minLength", 1), Kinds::present);
  }

  /** Path of a file or directory; a relative one starts at the directory of the configuration. */
  public static Kind<String> path() {
    return of("path", Map.of("type", "string", "minLength", 1), Kinds::present);
  }

  /** A whole number within bounds. */
  public static Kind<Integer> integer(int least, int most) {
    String range = number(least) + " to " + number(most);
    return of(
        "whole number, " + range,
        ordered("type", "integer", "minimum", least, "maximum", most),
        text -> {
          try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
              return value;
            }
          } catch (NumberFormatException e) {
            // Said below.
          }
          throw new InvalidValueException(
              "must be a whole number between " + number(least) + " and " + number(most));
        });
  }

  /** A whole number. */
  public static Kind<Long> wholeNumber() {
    return of(
        "whole number",
        ordered("type", "integer"),
        text -> longOf(text, Long.MIN_VALUE, "must be a whole number"));
  }

  /** A whole number with a lower bound. */
  public static Kind<Long> wholeNumber(long least) {
    return of(
        "whole number, at least " + number(least),
        ordered("type", "integer", "minimum", least),
        text -> longOf(text, least, "must be a whole number of at least " + number(least)));
  }

  /** A share above 0 and at most 1. */
  public static Kind<Double> fraction() {
    return of(
        "number above 0, at most 1",
        ordered("type", "number", "exclusiveMinimum", 0, "maximum", 1),
        text -> {
          try {
            double value = Double.parseDouble(text);
            if (value > 0 && value <= 1) {
              return value;
            }
          } catch (NumberFormatException e) {
            // Said below.
          }
          throw new InvalidValueException("must be a number above 0 and at most 1");
        });
  }

  /** True or false. */
  public static Kind<Boolean> truth() {
    return of(
        "`true` or `false`",
        Map.of("type", "boolean"),
        text -> {
          String lower = text.toLowerCase(Locale.ROOT);
          if (!TRUE.contains(lower) && !FALSE.contains(lower)) {
            throw new InvalidValueException("must be true or false");
          }
          return TRUE.contains(lower);
        });
  }

  /** {@code 250ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 7d} or ISO 8601; above zero. */
  public static Kind<Duration> duration() {
    return of("duration", Map.of("type", "string"), Kinds::durationOf);
  }

  /** {@code 1024}, {@code 500kB}, {@code 20MB}, {@code 3GB}, {@code 1TB}, powers of 1,000. */
  public static Kind<Long> bytes() {
    return of(
        "bytes, such as `20GB`", Map.of("type", List.of("string", "integer")), Kinds::bytesOf);
  }

  /** An ISO 8601 period such as {@code P1D}, {@code P1M} or {@code PT1H}; above zero. */
  public static Kind<TemporalAmount> period() {
    return of("ISO 8601 period", Map.of("type", "string", "pattern", "^P|\\$\\{"), Kinds::periodOf);
  }

  /** One of a few words, in any case. */
  public static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
    return choice(Arrays.asList(type.getEnumConstants()));
  }

  /** One of a few words, in any case; each is the text of its value in lower case. */
  public static <T> Kind<T> choice(List<T> values) {
    Map<String, T> byWord = new LinkedHashMap<>();
    values.forEach(value -> byWord.put(value.toString().toLowerCase(Locale.ROOT), value));
    List<String> words = List.copyOf(byWord.keySet());
    String list =
        words.size() == 1
            ? words.get(0)
            : String.join(", ", words.subList(0, words.size() - 1))
                + " or "
                + words.get(words.size() - 1);
    return new Simple<>(
        "`" + String.join("`, `", words) + "`",
        ordered("enum", words),
        words,
        text -> {
          T value = byWord.get(text.toLowerCase(Locale.ROOT));
          if (value == null) {
            throw new InvalidValueException("must be " + list);
          }
          return value;
        });
  }

  /** A kind by its parts. */
  public static <T> Kind<T> of(String notation, Map<String, Object> schema, Reading<T> reading) {
    return new Simple<>(notation, schema, List.of(), reading);
  }

  /** Makes a value of a text. */
  @FunctionalInterface
  public interface Reading<T> {
    T parse(String text) throws InvalidValueException;
  }

  private static String present(String text) throws InvalidValueException {
    if (text.isEmpty()) {
      throw new InvalidValueException("is empty");
    }
    return text;
  }

  private static Long longOf(String text, long least, String expected)
      throws InvalidValueException {
    try {
      long value = Long.parseLong(text);
      if (value >= least) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new InvalidValueException(expected);
  }

  private static Long bytesOf(String text) throws InvalidValueException {
    String expected = "must be a size such as 500MB, 20GB or a number of bytes";
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidValueException(expected);
    }
    if (matcher.group(3) != null) {
      return longOf(matcher.group(3), 1, expected);
    }
    long unit =
        switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
          case "kb" -> 1_000L;
          case "mb" -> 1_000_000L;
          case "gb" -> 1_000_000_000L;
          default -> 1_000_000_000_000L;
        };
    long bytes = Long.parseLong(matcher.group(1)) * unit;
    if (bytes < 1) {
      throw new InvalidValueException(expected);
    }
    return bytes;
  }

  private static Duration durationOf(String text) throws InvalidValueException {
    Matcher matcher = SHORT_DURATION.matcher(text);
    try {
      Duration value =
          matcher.matches()
              ? shortDuration(Long.parseLong(matcher.group(1)), matcher.group(2))
              : Duration.parse(text);
      if (!value.isZero() && !value.isNegative()) {
        return value;
      }
    } catch (DateTimeParseException e) {
      // Said below.
    }
    throw new InvalidValueException("must be a duration such as 30s, 5m or PT1H");
  }

  private static TemporalAmount periodOf(String text) throws InvalidValueException {
    try {
      Period value = Period.parse(text);
      if (!value.isZero() && !value.isNegative()) {
        return value;
      }
    } catch (DateTimeParseException e) {
      if (text.startsWith("P")) {
        return durationOf(text);
      }
    }
    throw new InvalidValueException("must be a period such as P1D, P1M or PT1H");
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

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  private record Simple<T>(
      String notation, Map<String, Object> schema, List<String> choices, Reading<T> reading)
      implements Kind<T> {
    @Override
    public T parse(String text) throws InvalidValueException {
      return reading.parse(text);
    }
  }
}
