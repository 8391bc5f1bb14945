package io.profilemesh.core.profile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Columns whose meaning is known: generated ones with misspelt and missing values, their
 * look-alikes that mean something else, and real data. Measures how often the inferred type is
 * right.
 */
public final class SemanticCorpus {

  private static final String NONE = "";

  /** Which mistakes a generated column has, and how long it is. */
  private record Variant(int rows, int badEvery, boolean padded) {}

  private static final List<Variant> VARIANTS =
      List.of(
          new Variant(40, 0, false),
          new Variant(500, 0, true),
          new Variant(500, 60, false),
          new Variant(5000, 200, false),
          new Variant(30_000, 0, false));

  private SemanticCorpus() {}

  /**
   * A column.
   *
   * @param expected name of its meaning, empty for none
   * @param values null for a null
   */
  public record Labelled(String name, String expected, List<String> values) {}

  /**
   * What came of the corpus.
   *
   * @param right columns of the type that were recognised
   * @param stated columns that were said to be of the type
   * @param known columns that are of the type
   */
  public record Score(int right, int stated, int known) {

    /** Share of the columns said to be of the type that are; 1 when none was. */
    public double precision() {
      return stated == 0 ? 1 : (double) right / stated;
    }

    /** Share of the columns of the type that were recognised; 1 when there are none. */
    public double recall() {
      return known == 0 ? 1 : (double) right / known;
    }

    Score plus(Score other) {
      return new Score(right + other.right, stated + other.stated, known + other.known);
    }
  }

  /**
   * Scores.
   *
   * @param types by name of the type
   * @param mistakes what went wrong, for people
   */
  public record Result(Score overall, Map<String, Score> types, List<String> mistakes) {}

  /** Infers the meaning of every column and compares. */
  public static Result measure() {
    Map<String, Score> scores = new TreeMap<>();
    List<String> mistakes = new ArrayList<>();
    Score overall = new Score(0, 0, 0);
    for (Labelled column : columns()) {
      String found = judge(column);
      Score score =
          new Score(
              !found.isEmpty() && found.equals(column.expected()) ? 1 : 0,
              found.isEmpty() ? 0 : 1,
              column.expected().isEmpty() ? 0 : 1);
      overall = overall.plus(score);
      if (!column.expected().isEmpty()) {
        scores.merge(column.expected(), new Score(score.right(), 0, 1), Score::plus);
      }
      if (!found.isEmpty()) {
        scores.merge(found, new Score(0, 1, 0), Score::plus);
      }
      if (!found.equals(column.expected())) {
        mistakes.add(
            column.name()
                + " ("
                + column.values().size()
                + " rows, such as '"
                + column.values().get(1)
                + "') is '"
                + column.expected()
                + "' and was taken for '"
                + found
                + "'");
      }
    }
    return new Result(overall, scores, mistakes);
  }

  /** Every column of the corpus, the same ones each time. */
  public static List<Labelled> columns() {
    List<Labelled> columns = new ArrayList<>();
    Map<String, Map<String, Function<Random, String>>> all = new LinkedHashMap<>();
    all.putAll(meanings());
    all.put(NONE, lookAlikes());
    all.forEach(
        (expected, generators) ->
            generators.forEach(
                (name, generator) ->
                    VARIANTS.forEach(
                        variant -> columns.add(generated(expected, name, generator, variant)))));
    columns.addAll(real("birdstrikes.csv", Map.of("Flight Date", "date")));
    columns.addAll(real("seattle-weather.csv", Map.of("date", "date")));
    return columns;
  }

  private static Map<String, Map<String, Function<Random, String>>> meanings() {
    Map<String, Map<String, Function<Random, String>>> all = new LinkedHashMap<>();
    all.put(
        "email",
        Map.of(
            "contact", r -> word(r) + "." + word(r) + "@" + word(r) + ".co.uk",
            "login", r -> word(r) + r.nextInt(999) + "+tag@mail.example",
            "reporter", r -> word(r) + "_" + word(r) + "@sub." + word(r) + ".example"));
    all.put(
        "url",
        Map.of(
            "link", r -> "https://" + word(r) + ".example/p/" + word(r) + "?q=" + r.nextInt(999),
            "source", r -> "ftp://files.example:2121/" + word(r) + ".csv",
            "referrer", r -> "http://" + ip(r) + "/index.html#" + word(r)));
    all.put(
        "uuid",
        Map.of(
            "key", r -> new UUID(r.nextLong(), r.nextLong()).toString(),
            "guid",
                r -> "{" + new UUID(r.nextLong(), 1).toString().toUpperCase(Locale.ROOT) + "}"));
    all.put(
        "ipv4",
        Map.of(
            "host",
            SemanticCorpus::ip,
            "net",
            r -> r.nextInt(224) + "." + r.nextInt(256) + ".0.0/16",
            "peer",
            r -> "10." + r.nextInt(4) + "." + r.nextInt(8) + "." + r.nextInt(256)));
    all.put(
        "ipv6",
        Map.of(
            "host", r -> "2001:db8::" + Integer.toHexString(1 + r.nextInt(65_535)),
            "peer", r -> String.format("fe80:0:0:0:%x:%x:1:2", r.nextInt(9999), r.nextInt(9999)),
            "mapped", r -> "::ffff:" + ip(r)));
    all.put(
        "mac",
        Map.of(
            "nic", r -> String.format("00:1b:44:%02x:3a:%02x", r.nextInt(256), r.nextInt(256)),
            "device", r -> String.format("00-1B-44-%02X-%02X-B7", r.nextInt(256), r.nextInt(256)),
            "port", r -> String.format("001b.44%02x.%04x", r.nextInt(256), r.nextInt(65_536))));
    all.put(
        "iban",
        Map.of(
            "account",
            SemanticCorpus::iban,
            "payee",
            r -> iban(r).replaceAll("(.{4})(?!$)", "$1 ")));
    all.put(
        "credit_card",
        Map.of(
            "pan", SemanticCorpus::card, "token", r -> card(r).replaceAll("(.{4})(?!$)", "$1-")));
    all.put(
        "json",
        Map.of(
            "doc", r -> "{\"a\": [" + r.nextInt() + ", null, \"x\\\"y\"]}",
            "points", r -> "[" + r.nextInt(9) + "," + r.nextInt(9) + "]"));
    all.put(
        "date",
        Map.of(
            "when", r -> String.format("20%02d-%02d-%02d", r.nextInt(25), month(r), day(r)),
            "eu", r -> String.format("%02d.%02d.20%02d", day(r), month(r), r.nextInt(25)),
            "us", r -> String.format("%02d/%02d/20%02d", month(r), day(r), r.nextInt(25)),
            "stamp", r -> String.format("2024-%02d-%02dT10:30:00.125Z", month(r), day(r)),
            "local", r -> String.format("2024-%02d-%02d 23:59", month(r), day(r)),
            "compact", r -> String.format("20%02d%02d%02d", r.nextInt(25), month(r), day(r))));
    all.put(
        "phone",
        Map.of(
            "c", r -> "+49 30 " + (1_000_000 + r.nextInt(8_999_999)),
            "contact",
                r -> String.format("(%03d) %03d-%04d", 200 + r.nextInt(700), 555, r.nextInt(9999)),
            "mobilePhone", r -> "0170" + (1_000_000 + r.nextInt(8_999_999)),
            "fax_no", r -> Long.toString(4_930_000_000L + r.nextInt(9_999_999)),
            "caller", r -> "+1" + (2_000_000_000L + r.nextInt(999_999_999))));
    all.put(
        "postal_code",
        Map.of(
            "zip", r -> String.format("%05d", r.nextInt(99_999)),
            "code",
                r ->
                    String.format(
                        "%s%d %d%s",
                        pick(r, "SW", "N", "EC", "M"),
                        1 + r.nextInt(9),
                        r.nextInt(10),
                        pick(r, "AA", "BD", "XY")),
            "area", r -> String.format("%05d-%04d", r.nextInt(99_999), r.nextInt(9999)),
            "shipPostalCode", r -> String.format("%02d-%03d", r.nextInt(99), r.nextInt(999)),
            "place",
                r -> String.format("K%dA %dB%d", r.nextInt(10), r.nextInt(10), r.nextInt(10))));
    all.put(
        "country_code",
        Map.of(
            "origin", r -> pick(r, Locale.getISOCountries()),
            "ship_country", r -> pick(r, "US", "DE", "FR"),
            "nationality", r -> pick(r, "USA", "DEU", "FRA", "GBR")));
    all.put(
        "currency_code",
        Map.of(
            "money", r -> pick(r, "USD", "EUR", "GBP", "JPY", "CHF", "SEK"),
            "price_currency", r -> pick(r, "USD", "EUR")));
    all.put(
        "hash",
        Map.of(
            "digest", r -> hex(r, 32),
            "checksum", r -> "sha256:" + hex(r, 64),
            "commit", r -> hex(r, 40),
            "fingerprint", r -> hex(r, 64).toUpperCase(Locale.ROOT)));
    all.put(
        "base64", Map.of("blob", r -> base64(r, 24 + r.nextInt(60)), "thumb", r -> base64(r, 300)));
    return all;
  }

  private static Map<String, Function<Random, String>> lookAlikes() {
    Map<String, Function<Random, String>> all = new LinkedHashMap<>();
    all.put("full_name", r -> capital(word(r)) + " " + capital(word(r)));
    all.put("status", r -> pick(r, "paid", "open", "returned"));
    all.put(
        "state",
        r ->
            pick(
                r, "CA", "TX", "NY", "FL", "WA", "OH", "GA", "NC", "MI", "IL", "PA", "AZ", "MA",
                "TN", "IN", "MO", "MD", "WI", "CO", "MN", "SC", "AL", "LA", "KY"));
    all.put("answer", r -> pick(r, "NO", "YES"));
    all.put(
        "language",
        r ->
            pick(
                r, "EN", "DE", "FR", "ES", "IT", "JA", "ZH", "PT", "NL", "SV", "DA", "FI", "PL",
                "CS", "KO", "EL", "HE", "UK"));
    all.put("initials", r -> "" + letter(r) + letter(r));
    all.put("airport", r -> pick(r, "LHR", "JFK", "FRA", "CDG", "AMS", "MAD", "ALL", "MUC"));
    all.put("ticker", r -> pick(r, "IBM", "SAP", "CAD", "MMM", "AMD", "TRY", "BMW", "UPS"));
    all.put("size", r -> pick(r, "XS", "S", "M", "L", "XL"));
    all.put("department", r -> pick(r, "HR", "IT", "PR", "QA", "FI", "MA", "SA", "LA", "RE", "CS"));
    all.put("version", r -> "1." + r.nextInt(20) + "." + r.nextInt(20));
    all.put(
        "build",
        r -> "10." + r.nextInt(20) + "." + (1000 + r.nextInt(20_000)) + "." + r.nextInt(9));
    all.put("section", r -> 1 + r.nextInt(9) + "." + r.nextInt(20) + "." + r.nextInt(20));
    all.put("quantity", r -> Integer.toString(r.nextInt(100_000)));
    all.put("sku", r -> String.format("%05d", r.nextInt(99_999)));
    all.put("article", r -> String.format("%02d-%03d", r.nextInt(99), r.nextInt(999)));
    all.put("isbn", r -> "978-3-16-" + (100_000 + r.nextInt(800_000)) + "-" + r.nextInt(10));
    all.put("ean", r -> "40" + (10_000_000_000L + r.nextInt(1_000_000_000)));
    all.put(
        "ssn",
        r -> String.format("%03d-%02d-%04d", r.nextInt(900), r.nextInt(99), r.nextInt(9999)));
    all.put(
        "tax_number",
        r -> String.format("%03d/%03d/%05d", r.nextInt(999), r.nextInt(999), r.nextInt(99_999)));
    all.put("amount", r -> r.nextInt(9999) + "." + String.format("%02d", r.nextInt(99)));
    all.put(
        "money_text",
        r ->
            "1."
                + String.format("%03d", r.nextInt(999))
                + ","
                + String.format("%02d", r.nextInt(99)));
    all.put("snowflake", r -> Long.toString(4_000_000_000_000_000L + r.nextInt(1_000_000_000)));
    all.put("order_id", r -> "4" + (100_000_000_000_000L + r.nextInt(1_000_000_000)));
    all.put("epoch", r -> Long.toString(1_600_000_000L + r.nextInt(99_999_999)));
    all.put("epoch_millis", r -> Long.toString(1_600_000_000_000L + r.nextInt(999_999_999)));
    all.put("account_no", r -> Long.toString(1_000_000_000L + r.nextInt(999_999_999)));
    all.put(
        "reference",
        r -> "DE" + (10 + r.nextInt(80)) + "3704004405320" + (10_000 + r.nextInt(89_999)));
    all.put("vat", r -> "DE" + (100_000_000 + r.nextInt(899_999_999)));
    all.put("time", r -> String.format("%02d:%02d", r.nextInt(24), r.nextInt(60)));
    all.put(
        "clock", r -> String.format("%02d:%02d:%02d", r.nextInt(24), r.nextInt(60), r.nextInt(60)));
    all.put(
        "duration",
        r ->
            String.format(
                    "%02d:%02d:%02d:%02d:%02d:%02d",
                    r.nextInt(60),
                    r.nextInt(60),
                    r.nextInt(60),
                    r.nextInt(60),
                    r.nextInt(60),
                    r.nextInt(60))
                + ".5");
    all.put("month", r -> String.format("2024-%02d", month(r)));
    all.put("batch_day", r -> String.format("2024-%02d-%02d", 13 + r.nextInt(80), day(r)));
    all.put("serial8", r -> Long.toString(21_340_000L + r.nextInt(70_000_000)));
    all.put("path", r -> "/home/" + word(r) + "/" + word(r) + ".txt");
    all.put("handle", r -> "@" + word(r));
    all.put("jid", r -> word(r) + "@" + word(r));
    all.put("git_remote", r -> "git@" + word(r) + ".example:" + word(r) + "/" + word(r) + ".git");
    all.put("note", r -> "see https://" + word(r) + ".example for more");
    all.put("message", r -> "write to " + word(r) + "@mail.example or call +49 30 1234567");
    all.put("domain", r -> "www." + word(r) + ".example");
    all.put("scheme_only", r -> "about:" + word(r));
    all.put("camel", r -> word(r) + capital(word(r)) + capital(word(r)));
    all.put("java_class", r -> "Abstract" + capital(word(r)) + capital(word(r)) + "Factory2");
    all.put("slug", r -> word(r) + "-" + word(r) + "-" + r.nextInt(100));
    all.put("short_hex", r -> hex(r, 8));
    all.put("trace_id", r -> hex(r, 16));
    all.put("colour", r -> "#" + hex(r, 6));
    all.put(
        "digits32",
        r ->
            (1 + r.nextInt(9))
                + String.format("%031d", new BigInteger(100, r).mod(BigInteger.TEN.pow(31))));
    all.put(
        "sentence", r -> capital(word(r)) + " " + word(r) + " " + word(r) + " " + word(r) + ".");
    all.put("one_word", r -> capital(word(r)) + word(r) + word(r));
    all.put("mixed", r -> r.nextInt(3) == 0 ? word(r) : word(r) + "@mail.example");
    all.put(
        "half_dates", r -> r.nextBoolean() ? "2024-01-" + String.format("%02d", day(r)) : "n/a");
    all.put("list", r -> "[" + word(r) + ", " + word(r) + "]");
    all.put("python_dict", r -> "{'a': " + r.nextInt(9) + "}");
    all.put("template", r -> "{" + word(r) + "}");
    all.put("capitals", r -> word(r).toUpperCase(Locale.ROOT).substring(0, 3));
    all.put(
        "coordinates",
        r -> r.nextInt(90) + "." + r.nextInt(9999) + ", " + r.nextInt(180) + "." + r.nextInt(9999));
    all.put("plate", r -> "B-" + letter(r) + letter(r) + " " + (100 + r.nextInt(899)));
    all.put("room", r -> letter(r) + "" + r.nextInt(9) + "" + letter(r));
    all.put("score", r -> r.nextInt(5) + ":" + r.nextInt(5));
    all.put("oui", r -> String.format("00:1B:%02X", r.nextInt(256)));
    all.put("uuid_short", r -> hex(r, 8) + "-" + hex(r, 4) + "-" + hex(r, 4) + "-" + hex(r, 12));
    all.put("urn", r -> "urn:isbn:" + (1_000_000 + r.nextInt(8_999_999)));
    return all;
  }

  private static Labelled generated(
      String expected, String name, Function<Random, String> generator, Variant variant) {
    Random random = new Random(31L * name.hashCode() + variant.rows());
    List<String> values = new ArrayList<>();
    for (int i = 0; i < variant.rows(); i++) {
      String value = generator.apply(random);
      if (i % 17 == 5) {
        values.add(null);
      } else if (variant.badEvery() > 0 && i % variant.badEvery() == 7) {
        values.add(pick(random, "unknown", "n/a", "-", "see note"));
      } else {
        values.add(variant.padded() && i % 9 == 0 ? value + " " : value);
      }
    }
    return new Labelled(name, expected, values);
  }

  private static List<Labelled> real(String file, Map<String, String> expected) {
    List<Labelled> columns = new ArrayList<>();
    try (InputStream stream = SemanticCorpus.class.getResourceAsStream("/real/" + file);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String name : fields(lines.readLine())) {
        columns.add(new Labelled(name, expected.getOrDefault(name, NONE), new ArrayList<>()));
      }
      lines
          .lines()
          .map(SemanticCorpus::fields)
          .forEach(
              fields -> {
                for (int i = 0; i < columns.size(); i++) {
                  columns.get(i).values().add(fields.get(i).isEmpty() ? null : fields.get(i));
                }
              });
      return columns;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (char c : line.toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  private static String judge(Labelled column) {
    TextAccumulator texts = new TextAccumulator(Accumulators.USUAL);
    for (String value : column.values()) {
      if (value == null) {
        texts.acceptNull();
      } else {
        Accumulators.acceptText(texts, value);
      }
    }
    SemanticType type =
        texts
            .profile(
                Accumulators.column(column.name(), ColumnType.TEXT),
                ProfileSettings.defaults(Profiles.HASHER))
            .semanticType();
    return type == null ? NONE : type.name();
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    IntStream.range(0, 4 + random.nextInt(6))
        .forEach(i -> word.append((char) ('a' + random.nextInt(26))));
    return word.toString();
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static char letter(Random random) {
    return (char) ('A' + random.nextInt(26));
  }

  private static int month(Random random) {
    return 1 + random.nextInt(12);
  }

  private static int day(Random random) {
    return 1 + random.nextInt(28);
  }

  private static String pick(Random random, String... values) {
    return values[random.nextInt(values.length)];
  }

  private static String ip(Random random) {
    return (1 + random.nextInt(223))
        + "."
        + random.nextInt(256)
        + "."
        + random.nextInt(256)
        + "."
        + random.nextInt(256);
  }

  private static String hex(Random random, int digits) {
    return String.format("%" + digits + "s", new BigInteger(4 * digits, random).toString(16))
        .replace(' ', '0');
  }

  private static String base64(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String card(Random random) {
    String body =
        "4" + String.format("%014d", Math.floorMod(random.nextLong(), 100_000_000_000_000L));
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int digit = body.charAt(i) - '0';
      int weighted = i % 2 == 0 ? 2 * digit : digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return body + (10 - sum % 10) % 10;
  }

  private static String iban(Random random) {
    String account =
        String.format("%018d", Math.floorMod(random.nextLong(), 1_000_000_000_000_000L));
    BigInteger number = new BigInteger(account + "131400");
    int check = 98 - number.mod(BigInteger.valueOf(97)).intValue();
    return String.format("DE%02d%s", check, account);
  }
}
