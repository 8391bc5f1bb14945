package io.profilemesh.query.api;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads parameters; each refusal names the parameter. */
final class Values {

  /** The one parameter that may be empty. */
  static final String SCHEMA = "schema";

  private static final int LONGEST_TEXT = 1_000;
  private static final int MOST_DAYS = 3_650;
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private Values() {}

  /** A text as it is; null: not given. */
  static @Nullable String text(String field, @Nullable String value) {
    if (value == null) {
      return null;
    }
    if (value.isEmpty()) {
      throw ProblemException.invalid(field, field + " is empty: leave it out, or give a value.");
    }
    if (value.length() > LONGEST_TEXT || !isStorable(value)) {
      throw ProblemException.invalid(
          field, field + " has at most 1,000 characters and no NUL among them.");
    }
    return value;
  }

  /** Whether a text can be kept as it is: it has no NUL and no half of a surrogate pair. */
  static boolean isStorable(String text) {
    return text.indexOf('\0') < 0
        && text.codePoints()
            .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  /** One line of text for people; null: not given. */
  static @Nullable String line(String field, @Nullable String value, int longest) {
    String text = text(field, value);
    if (text != null
        && (text.length() > longest || text.chars().anyMatch(Character::isISOControl))) {
      throw ProblemException.invalid(
          field, "%s is one line of at most %d characters.".formatted(field, longest));
    }
    return text;
  }

  /** The schema asked for, empty where the engine has none; null: not given. */
  static @Nullable String schema(UriInfo uri) {
    String value = uri.getQueryParameters().getFirst(SCHEMA);
    return value == null || value.isEmpty() ? value : text(SCHEMA, value);
  }

  /** One of several words, whatever its case; null: not given. */
  static @Nullable String word(String field, @Nullable String value, List<String> words) {
    String text = text(field, value);
    if (text == null) {
      return null;
    }
    String word = text.toLowerCase(Locale.ROOT);
    if (!words.contains(word)) {
      throw new ProblemException(
          ProblemCode.INVALID_PARAMETER,
          field + " is one of " + String.join(", ", words) + ".",
          field,
          words);
    }
    return word;
  }

  /** A whole number within bounds. */
  static int number(String field, @Nullable String value, int preset, int least, int most) {
    if (value == null) {
      return preset;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, with the bounds.
    }
    throw ProblemException.invalid(
        field, "%s is a whole number from %d to %d.".formatted(field, least, most));
  }

  static boolean flag(String field, @Nullable String value) {
    if (value == null || value.equals("false")) {
      return false;
    }
    if (value.equals("true")) {
      return true;
    }
    throw ProblemException.invalid(field, field + " is true or false.");
  }

  static @Nullable UUID run(String field, @Nullable String value) {
    if (value == null) {
      return null;
    }
    try {
      return RunId.parse(value).value();
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid(field, field + " is a UUID of 36 characters.");
    }
  }

  /** A dataset id in its canonical form; null: not given. */
  static @Nullable String dataset(String field, @Nullable String value) {
    String text = text(field, value);
    if (text == null) {
      return null;
    }
    try {
      DatasetId id = DatasetId.parse(text);
      if (!isStorable(id.source() + id.schema() + id.table() + id.slice())) {
        throw ProblemException.invalid(field, field + " has no NUL in its names.");
      }
      return id.toString();
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid(
          field, field + ": " + e.getMessage() + "; in a URL, write its / as %2F.");
    }
  }

  static @Nullable Instant instant(String field, @Nullable String value) {
    if (value == null) {
      return null;
    }
    try {
      Instant instant = OffsetDateTime.parse(value).toInstant();
      if (!instant.isBefore(EARLIEST) && instant.isBefore(LATEST)) {
        return instant;
      }
    } catch (DateTimeParseException e) {
      // Said below.
    }
    throw ProblemException.invalid(
        field,
        field
            + " is a time with its zone such as 2026-11-20T10:00:00Z, in the years 1 to 9999; in a"
            + " URL, write + as %2B.");
  }

  /** From a number of days before now, or from an instant; null: neither given. */
  static @Nullable Instant from(@Nullable String days, @Nullable String from, Instant now) {
    if (days == null) {
      return instant("from", from);
    }
    if (from != null) {
      throw ProblemException.invalid("days", "Give days or from, not both.");
    }
    return now.minus(Duration.ofDays(number("days", days, 1, 1, MOST_DAYS)));
  }
}
