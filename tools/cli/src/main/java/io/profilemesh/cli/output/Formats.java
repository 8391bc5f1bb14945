package io.profilemesh.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.StringJoiner;

/** How values look to people. */
public final class Formats {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Formats() {}

  /** Text of a node; empty for null, elements of an array separated by commas. */
  public static String text(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return "";
    }
    if (node.isArray()) {
      StringJoiner joined = new StringJoiner(", ");
      node.forEach(element -> joined.add(text(element)));
      return joined.toString();
    }
    return node.isContainerNode() ? node.toString() : node.asText();
  }

  /** A number with its digits grouped, at most six significant digits behind the point. */
  public static String number(JsonNode node) {
    if (!node.isNumber()) {
      return text(node);
    }
    return node.isIntegralNumber()
        ? String.format(Locale.ROOT, "%,d", node.bigIntegerValue())
        : decimal(node.decimalValue());
  }

  /** An instant in UTC to the second. */
  public static String instant(JsonNode node) {
    if (!node.isTextual()) {
      return text(node);
    }
    try {
      return SECONDS.format(OffsetDateTime.parse(node.asText()));
    } catch (DateTimeException e) {
      return node.asText();
    }
  }

  /** An instant in UTC to the second. */
  public static String instant(Instant instant) {
    return SECONDS.format(instant);
  }

  /** A number of milliseconds as seconds. */
  public static String seconds(JsonNode node) {
    return node.isNumber() ? seconds(Duration.ofMillis(node.asLong())) : text(node);
  }

  /** A duration in seconds: two decimals below ten, one below a hundred. */
  public static String seconds(Duration duration) {
    double seconds = duration.toMillis() / 1000.0;
    String pattern = seconds < 10 ? "%.2f s" : seconds < 100 ? "%.1f s" : "%.0f s";
    return String.format(Locale.ROOT, pattern, seconds);
  }

  /** A count and its noun: {@code 1 table}, {@code 2 tables}. */
  public static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }

  private static String decimal(BigDecimal value) {
    BigDecimal shortened =
        value.abs().compareTo(BigDecimal.ONE) < 0
            ? value.round(new MathContext(4))
            : value.setScale(
                Math.min(Math.max(value.scale(), 0), 2), java.math.RoundingMode.HALF_UP);
    DecimalFormat format =
        new DecimalFormat("#,##0.##########", DecimalFormatSymbols.getInstance(Locale.ROOT));
    return format.format(shortened);
  }
}
