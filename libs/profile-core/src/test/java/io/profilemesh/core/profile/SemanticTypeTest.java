package io.profilemesh.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Precision and recall on columns whose meaning is known: every one must come out right. */
class SemanticTypeTest {

  private static final int VALUES = 300;

  static List<Arguments> known() {
    return List.of(
        column("email", "contact", r -> word(r) + "." + word(r) + "@" + word(r) + ".co.uk"),
        column("email", "c", r -> word(r) + r.nextInt(99) + "+tag@mail.example"),
        column("url", "link", r -> "https://" + word(r) + ".example/p?q=" + r.nextInt(999)),
        column("uuid", "key", r -> new UUID(r.nextLong(), r.nextLong()).toString()),
        column("uuid", "key", r -> new UUID(r.nextLong(), 1).toString().toUpperCase(Locale.ROOT)),
        column("ipv4", "host", r -> ip(r)),
        column("ipv4", "net", r -> r.nextInt(256) + ".0.0.0/8"),
        column("ipv6", "host", r -> "2001:db8::" + Integer.toHexString(r.nextInt(65536))),
        column("ipv6", "host", r -> String.format("fe80:0:0:0:%x:%x:1:2", r.nextInt(9999), 7)),
        column("mac", "nic", r -> String.format("00:1b:44:%02x:3a:%02X", r.nextInt(256), 9)),
        column("mac", "nic", r -> String.format("00-1B-44-%02X-3A-B7", r.nextInt(256))),
        column("credit_card", "pan", SemanticTypeTest::card),
        column("iban", "account", SemanticTypeTest::iban),
        column("country_code", "origin", r -> pick(r, Locale.getISOCountries())),
        column("country_code", "ship_country", r -> pick(r, "US", "DE", "FR")),
        column("currency_code", "money", r -> pick(r, "USD", "EUR", "GBP", "JPY", "CHF", "SEK")),
        column("currency_code", "currency", r -> pick(r, "USD", "EUR")),
        column("postal_code", "zip", r -> String.format("%05d", r.nextInt(99999))),
        column("postal_code", "code", r -> String.format("SW%dA %dAA", r.nextInt(9), 1)),
        column("postal_code", "c", r -> String.format("%05d-%04d", r.nextInt(99999), 1)),
        column("phone", "c", r -> "+49 30 " + (1_000_000 + r.nextInt(8_999_999))),
        column("phone", "c", r -> String.format("(%03d) %03d-%04d", 212, 555, r.nextInt(9999))),
        column("phone", "mobilePhone", r -> "0170" + (1_000_000 + r.nextInt(8_999_999))),
        column("date", "when", r -> String.format("2024-%02d-%02d", 1 + r.nextInt(12), 7)),
        column("date", "when", r -> String.format("%02d/%02d/2023", 1 + r.nextInt(28), 5)),
        column("date", "when", r -> String.format("2024-01-%02dT10:30:00Z", 1 + r.nextInt(28))),
        column("date", "when", r -> String.format("2024%02d%02d", 1 + r.nextInt(12), 11)),
        column("json", "doc", r -> "{\"a\": [" + r.nextInt() + ", null, \"x\\\"y\"]}"),
        column("base64", "blob", SemanticTypeTest::base64),
        column("hash", "digest", r -> hex(r, 32)),
        column("hash", "digest", r -> hex(r, 64)));
  }

  static List<Arguments> meaningless() {
    return List.of(
        column("", "name", r -> word(r) + " " + word(r)),
        column("", "status", r -> pick(r, "paid", "open", "returned")),
        column("", "state", r -> pick(r, "CA", "TX", "NY", "FL", "WA", "OH", "GA", "NC", "MI")),
        column("", "answer", r -> pick(r, "NO", "YES")),
        column("", "half", r -> pick(r, "AM", "PM")),
        column("", "initials", r -> "" + letter(r) + letter(r)),
        column("", "airport", r -> pick(r, "LHR", "JFK", "FRA", "CDG", "AMS", "MAD", "ALL")),
        column("", "size", r -> pick(r, "XS", "S", "M", "L", "XL")),
        column("", "version", r -> "1." + r.nextInt(20) + "." + r.nextInt(20)),
        column("", "version", r -> r.nextInt(9) + "." + r.nextInt(999) + ".0." + r.nextInt(9)),
        column("", "number", r -> Integer.toString(r.nextInt(100_000))),
        column("", "sku", r -> String.format("%05d", r.nextInt(99999))),
        column("", "isbn", r -> "978-3-16-" + (100_000 + r.nextInt(800_000)) + "-0"),
        column("", "ssn", r -> String.format("%03d-%02d-%04d", 123, 45, r.nextInt(9999))),
        column("", "amount", r -> r.nextInt(9999) + "." + r.nextInt(99)),
        column("", "id", r -> Long.toString(4_000_000_000_000_000L + r.nextInt(1_000_000_000))),
        column("", "order", r -> "4" + (100_000_000_000_000L + r.nextInt(1_000_000_000))),
        column(
            "", "reference", r -> "DE" + (10 + r.nextInt(80)) + "3704004405320" + r.nextInt(99999)),
        column("", "time", r -> String.format("%02d:%02d", r.nextInt(24), r.nextInt(60))),
        column("", "path", r -> "/home/" + word(r) + "/file.txt"),
        column("", "handle", r -> "@" + word(r)),
        column("", "handle", r -> word(r) + "@" + word(r)),
        column("", "note", r -> "see https://" + word(r) + ".example for more"),
        column("", "camel", r -> word(r) + "Word" + word(r)),
        column("", "slug", r -> word(r) + "-" + word(r) + "-" + r.nextInt(100)),
        column("", "hex", r -> hex(r, 8)),
        column("", "digits", r -> Long.toString(10_000_000L + r.nextInt(80_000_000))),
        column("", "mixed", r -> r.nextInt(3) == 0 ? word(r) : word(r) + "@mail.example"),
        column("", "list", r -> "[" + word(r) + ", " + word(r) + "]"),
        column("", "capitals", r -> word(r).toUpperCase(Locale.ROOT).substring(0, 3)));
  }

  @ParameterizedTest(name = "{0} in {1} #{index}")
  @MethodSource("known")
  void shouldRecogniseMeanings(String expected, String name, Function<Random, String> value) {
    assertThat(judge(name, value)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{1} #{index}")
  @MethodSource("meaningless")
  void shouldNotCryWolf(String expected, String name, Function<Random, String> value) {
    assertThat(judge(name, value)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} in {1} #{index}")
  @MethodSource("known")
  void shouldTolerateAFewBadValues(String expected, String name, Function<Random, String> value) {
    int[] calls = new int[1];
    assertThat(judge(name, r -> ++calls[0] % 100 == 50 ? "bad " + calls[0] : value.apply(r)))
        .isIn(expected, "");
  }

  private static String judge(String name, Function<Random, String> value) {
    TextAccumulator texts = new TextAccumulator(Accumulators.USUAL);
    Random random = new Random(name.hashCode());
    for (int i = 0; i < VALUES; i++) {
      Accumulators.acceptText(texts, value.apply(random));
    }
    SemanticType type =
        texts
            .profile(
                Accumulators.column(name, ColumnType.TEXT),
                ProfileSettings.defaults(Profiles.HASHER))
            .semanticType();
    return type == null ? "" : type.name();
  }

  private static Arguments column(String expected, String name, Function<Random, String> value) {
    return Arguments.of(expected, name, value);
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    IntStream.range(0, 4 + random.nextInt(6))
        .forEach(i -> word.append((char) ('a' + random.nextInt(26))));
    return word.toString();
  }

  private static char letter(Random random) {
    return (char) ('A' + random.nextInt(26));
  }

  private static String pick(Random random, String... values) {
    return values[random.nextInt(values.length)];
  }

  private static String ip(Random random) {
    return random.nextInt(256) + "." + random.nextInt(256) + ".0." + random.nextInt(256);
  }

  private static String hex(Random random, int digits) {
    return String.format("%" + digits + "s", new BigInteger(4 * digits, random).toString(16))
        .replace(' ', '0');
  }

  private static String base64(Random random) {
    byte[] bytes = new byte[24 + random.nextInt(30)];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String card(Random random) {
    String body =
        "4" + String.format("%014d", Math.floorMod(random.nextLong(), 100_000_000_000_000L));
    return IntStream.range(0, 10)
        .mapToObj(digit -> body + digit)
        .filter(text -> SemanticValues.isCreditCard(text.getBytes(StandardCharsets.US_ASCII)))
        .findFirst()
        .orElseThrow();
  }

  private static String iban(Random random) {
    String account =
        String.format("%018d", Math.floorMod(random.nextLong(), 1_000_000_000_000_000L));
    BigInteger number = new BigInteger(account + "131400");
    int check = 98 - number.mod(BigInteger.valueOf(97)).intValue();
    return String.format("DE%02d%s", check, account);
  }
}
