package io.profilemesh.core.profile;

import java.util.Locale;

/** Meanings that values can have, the more telling first: the first that fits a column names it. */
enum SemanticKind {
  UUID("uuid", false, 1, 0.95, Hint.NONE),
  EMAIL("email", true, 1, 0.9, Hint.NONE),
  URL("url", false, 1, 0.9, Hint.NONE),
  IPV4("ipv4", true, 2, 0.95, Hint.NONE),
  IPV6("ipv6", true, 2, 0.95, Hint.NONE),
  MAC("mac", true, 2, 0.95, Hint.NONE),
  IBAN("iban", true, 1, 0.9, Hint.NONE),
  CREDIT_CARD("credit_card", true, 5, 0.9, Hint.NONE),
  JSON("json", false, 1, 0.95, Hint.NONE),
  DATE("date", false, 2, 0.95, Hint.NONE),
  PHONE("phone", true, 5, 0.9, Hint.NONE),
  /** Digits alone are a phone number only in a column that says so. */
  PHONE_DIGITS("phone", true, 5, 0.9, Hint.PHONE),
  POSTAL_CODE("postal_code", false, 5, 0.95, Hint.NONE),
  /** Digits alone are a postal code only in a column that says so. */
  POSTAL_DIGITS("postal_code", false, 5, 0.95, Hint.POSTAL),
  /** Codes of two letters abound: a few that happen to be countries say nothing. */
  COUNTRY_CODE("country_code", false, 12, 0.97, Hint.NONE),
  NAMED_COUNTRY_CODE("country_code", false, 1, 0.95, Hint.COUNTRY),
  CURRENCY_CODE("currency_code", false, 5, 0.97, Hint.NONE),
  NAMED_CURRENCY_CODE("currency_code", false, 1, 0.95, Hint.CURRENCY),
  HASH("hash", false, 5, 0.95, Hint.NONE),
  BASE64("base64", false, 5, 0.95, Hint.NONE);

  /** What the name of a column must hold for a kind to apply. */
  enum Hint {
    NONE,
    PHONE("phone", "mobile", "cell", "telephone", "tel", "fax", "msisdn"),
    POSTAL("zip", "zipcode", "postal", "postcode", "postalcode", "plz"),
    COUNTRY("country", "nation", "nationality"),
    CURRENCY("currency", "ccy");

    private final String[] words;

    Hint(String... words) {
      this.words = words;
    }

    /** Whether one of the words stands in the name between separators or changes of case. */
    boolean standsIn(ColumnName name) {
      if (words.length == 0) {
        return true;
      }
      String spaced = name.value().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_");
      for (String part : spaced.toLowerCase(Locale.ROOT).split("[^a-z]+", -1)) {
        for (String word : words) {
          if (part.equals(word)) {
            return true;
          }
        }
      }
      return false;
    }
  }

  private static final double LEAST_SHARE_OF_VALUES = 0.4;

  private final String wireName;
  private final boolean personal;
  private final int leastDistinct;
  private final double leastShare;
  private final Hint hint;

  SemanticKind(String wireName, boolean personal, int leastDistinct, double leastShare, Hint hint) {
    this.wireName = wireName;
    this.personal = personal;
    this.leastDistinct = leastDistinct;
    this.leastShare = leastShare;
    this.hint = hint;
  }

  String wireName() {
    return wireName;
  }

  boolean isPersonal() {
    return personal;
  }

  /** Whether a meaning of that name is personal data; one that nobody knows is none. */
  static boolean isPersonal(String wireName) {
    for (SemanticKind kind : values()) {
      if (kind.wireName.equals(wireName)) {
        return kind.personal;
      }
    }
    return false;
  }

  /**
   * Whether a column has this meaning. Rows decide, so that one word in every second row speaks
   * against it and a few misspelt rows do not; values that fit must not be few among the others.
   *
   * @param ofValues share of the distinct values that fit
   * @param ofRows share of the rows that fit
   * @param inspected distinct values looked at
   */
  boolean accepts(double ofValues, double ofRows, long inspected, ColumnName name) {
    return inspected >= leastDistinct
        && ofRows >= leastShare
        && ofValues >= LEAST_SHARE_OF_VALUES
        && hint.standsIn(name);
  }
}
