package io.profilemesh.core.profile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Decides whether one value, as trimmed UTF-8 text, has a meaning. No state, no regular expression.
 */
final class SemanticValues {

  private static final Set<String> COUNTRIES = countries();
  private static final Set<String> CURRENCIES = currencies();

  private SemanticValues() {}

  static boolean fits(SemanticKind kind, byte[] text) {
    return switch (kind) {
      case UUID -> isUuid(text);
      case EMAIL -> isEmail(text);
      case URL -> isUrl(text);
      case IPV4 -> isIpv4(text, 0, text.length);
      case IPV6 -> isIpv6(text);
      case MAC -> isMac(text);
      case IBAN -> isIban(text);
      case CREDIT_CARD -> isCreditCard(text);
      case JSON -> JsonText.isObjectOrArray(text);
      case DATE -> DateText.isDate(text);
      case PHONE -> isPhone(text);
      case PHONE_DIGITS -> isPhoneDigits(text) || isPhone(text);
      case POSTAL_CODE -> isPostalCode(text);
      case POSTAL_DIGITS -> isPostalDigits(text) || isPostalCode(text);
      case COUNTRY_CODE, NAMED_COUNTRY_CODE -> isCode(text, COUNTRIES);
      case CURRENCY_CODE, NAMED_CURRENCY_CODE -> isCode(text, CURRENCIES);
      case HASH -> isHash(text);
      case BASE64 -> isBase64(text);
    };
  }

  static byte[] trim(byte[] text) {
    int start = 0;
    int end = text.length;
    while (start < end && text[start] >= 0 && text[start] <= ' ') {
      start++;
    }
    while (end > start && text[end - 1] >= 0 && text[end - 1] <= ' ') {
      end--;
    }
    return start == 0 && end == text.length ? text : Arrays.copyOfRange(text, start, end);
  }

  /** Eight, four, four, four and twelve hexadecimal digits, in braces or not. */
  private static boolean isUuid(byte[] text) {
    int start = text.length == 38 && text[0] == '{' && text[37] == '}' ? 1 : 0;
    if (text.length - 2 * start != 36) {
      return false;
    }
    for (int i = 0; i < 36; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? text[start + i] != '-' : !isHex(text[start + i])) {
        return false;
      }
    }
    return true;
  }

  /** Local part, one at sign, labels with a top-level domain of letters. */
  private static boolean isEmail(byte[] text) {
    int at = indexOf(text, '@', 0);
    if (at < 1 || at > 64 || text.length > 254 || indexOf(text, '@', at + 1) >= 0) {
      return false;
    }
    for (int i = 0; i < at; i++) {
      byte c = text[i];
      boolean dot = c == '.';
      if (dot && (i == 0 || i == at - 1 || text[i - 1] == '.')) {
        return false;
      }
      if (!dot && c >= 0 && !isAlphanumeric(c) && "!#$%&'*+/=?^_`{|}~-".indexOf(c) < 0) {
        return false;
      }
    }
    return isHost(text, at + 1, text.length);
  }

  private static boolean isUrl(byte[] text) {
    int colon = indexOf(text, ':', 0);
    if (colon < 2 || colon > 12 || colon + 4 > text.length) {
      return false;
    }
    if (text[colon + 1] != '/' || text[colon + 2] != '/' || !isLetter(text[0])) {
      return false;
    }
    for (int i = 1; i < colon; i++) {
      if (!isAlphanumeric(text[i]) && text[i] != '+' && text[i] != '-' && text[i] != '.') {
        return false;
      }
    }
    for (int i = colon + 3; i < text.length; i++) {
      if (text[i] >= 0 && (text[i] <= ' ' || text[i] == '"' || text[i] == '<')) {
        return false;
      }
    }
    return true;
  }

  /** Four numbers up to 255 without leading zeros; a network length may follow. */
  private static boolean isIpv4(byte[] text, int from, int to) {
    int at = from;
    for (int part = 0; part < 4; part++) {
      int start = at;
      int number = 0;
      while (at < to && isDigit(text[at]) && at - start < 3) {
        number = 10 * number + text[at++] - '0';
      }
      if (at == start || number > 255 || (at - start > 1 && text[start] == '0')) {
        return false;
      }
      if (part < 3 && (at >= to || text[at++] != '.')) {
        return false;
      }
    }
    return at == to || isPrefixLength(text, at, to, 32);
  }

  private static boolean isIpv6(byte[] text) {
    int slash = indexOf(text, '/', 0);
    int to = slash < 0 ? text.length : slash;
    if (slash >= 0 && !isPrefixLength(text, slash, text.length, 128)) {
      return false;
    }
    int groups = 0;
    boolean gap = false;
    int at = 0;
    while (at < to) {
      if (text[at] == ':') {
        boolean twice = at + 1 < to && text[at + 1] == ':';
        if (twice && gap || !twice && (groups == 0 || at + 1 == to)) {
          return false;
        }
        gap |= twice;
        at += twice ? 2 : 1;
        continue;
      }
      int start = at;
      while (at < to && isHex(text[at])) {
        at++;
      }
      if (at < to && text[at] == '.') {
        return isIpv4(text, start, to) && (gap ? groups <= 5 : groups == 6);
      }
      if (at == start || at - start > 4 || at < to && text[at] != ':') {
        return false;
      }
      groups++;
    }
    return gap ? groups <= 7 && text.length > 2 : groups == 8;
  }

  private static boolean isPrefixLength(byte[] text, int slash, int to, int most) {
    int number = 0;
    for (int i = slash + 1; i < to; i++) {
      if (!isDigit(text[i]) || i - slash > 3) {
        return false;
      }
      number = 10 * number + text[i] - '0';
    }
    return text[slash] == '/' && to > slash + 1 && number <= most;
  }

  private static boolean isMac(byte[] text) {
    if (text.length == 14) {
      return separatedHex(text, 4, '.');
    }
    return text.length == 17 && (separatedHex(text, 2, ':') || separatedHex(text, 2, '-'));
  }

  private static boolean separatedHex(byte[] text, int group, char separator) {
    for (int i = 0; i < text.length; i++) {
      boolean between = i % (group + 1) == group;
      if (between ? text[i] != separator : !isHex(text[i])) {
        return false;
      }
    }
    return true;
  }

  /** Country, check digits, account: the remainder by 97 is 1 (ISO 13616, ISO 7064). */
  private static boolean isIban(byte[] text) {
    byte[] plain = without(text, ' ');
    if (plain.length < 15 || plain.length > 34 || !isUpper(plain[0]) || !isUpper(plain[1])) {
      return false;
    }
    if (!isDigit(plain[2]) || !isDigit(plain[3])) {
      return false;
    }
    int remainder = 0;
    for (int i = 0; i < plain.length; i++) {
      byte c = plain[(i + 4) % plain.length];
      if (!isDigit(c) && !isUpper(c)) {
        return false;
      }
      remainder =
          isDigit(c) ? (remainder * 10 + c - '0') % 97 : (remainder * 100 + c - 'A' + 10) % 97;
    }
    return remainder == 1;
  }

  /** Thirteen to nineteen digits of an issuer's range, grouped or not, with Luhn's check digit. */
  static boolean isCreditCard(byte[] text) {
    byte[] digits = text;
    if (text.length > 16 && !allDigits(text)) {
      digits = without(without(text, ' '), '-');
    }
    if (digits.length < 13 || digits.length > 19 || !allDigits(digits) || !isIssuer(digits)) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < digits.length; i++) {
      int digit = digits[digits.length - 1 - i] - '0';
      int weighted = (i & 1) == 1 ? 2 * digit : digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }

  private static boolean isIssuer(byte[] digits) {
    int four = 0;
    for (int i = 0; i < 4; i++) {
      four = 10 * four + digits[i] - '0';
    }
    int two = four / 100;
    int length = digits.length;
    if (four / 1000 == 4) {
      return length == 13 || length == 16 || length == 19;
    }
    if (two == 34 || two == 37) {
      return length == 15;
    }
    if (two >= 51 && two <= 55 || four >= 2221 && four <= 2720) {
      return length == 16;
    }
    if (two == 36 || two == 38 || four >= 3000 && four <= 3059) {
      return length >= 14;
    }
    return length >= 16 && (four == 6011 || two == 65 || two == 35 || two == 62);
  }

  /** A plus and eight to fifteen digits, or ten or eleven digits in several groups. */
  private static boolean isPhone(byte[] text) {
    int digits = 0;
    int groups = 0;
    boolean plus = text[0] == '+';
    boolean inGroup = false;
    int open = 0;
    int slashes = 0;
    for (int i = plus ? 1 : 0; i < text.length; i++) {
      byte c = text[i];
      if (isDigit(c)) {
        digits++;
        groups += inGroup ? 0 : 1;
        inGroup = true;
        continue;
      }
      inGroup = false;
      open += c == '(' ? 1 : c == ')' ? -1 : 0;
      slashes += c == '/' ? 1 : 0;
      if (" -./()".indexOf(c) < 0 || open < 0 || open > 1 || slashes > 1) {
        return false;
      }
    }
    if (open != 0) {
      return false;
    }
    return plus
        ? digits >= 8 && digits <= 15
        : (digits == 10 || digits == 11) && groups >= 3 && (text[0] == '(' || isDigit(text[0]));
  }

  static boolean isPhoneDigits(byte[] text) {
    return text.length >= 7 && text.length <= 15 && allDigits(text);
  }

  /** Forms that nothing else has: British, Canadian, Dutch, and American with the four digits. */
  private static boolean isPostalCode(byte[] text) {
    String shape = shape(text);
    return switch (shape) {
      case "A9A 9A9", "99999-9999", "9999 AA" -> true;
      case "A9 9AA", "A99 9AA", "A9A 9AA", "AA9 9AA", "AA99 9AA", "AA9A 9AA" -> true;
      default -> false;
    };
  }

  private static boolean isPostalDigits(byte[] text) {
    String shape = shape(text);
    return switch (shape) {
      case "9999", "99999", "999999", "999-9999", "99-999", "999 99", "9999-999" -> true;
      case "A9A9A9", "A99AA", "AA99AA", "AA999AA", "9999AA" -> true;
      default -> false;
    };
  }

  /** Capitals as A, digits as 9, the rest as it is; empty when too long to be a code. */
  private static String shape(byte[] text) {
    if (text.length > 10) {
      return "";
    }
    byte[] shape = text.clone();
    for (int i = 0; i < shape.length; i++) {
      shape[i] = (byte) (isDigit(shape[i]) ? '9' : isUpper(shape[i]) ? 'A' : shape[i]);
    }
    return new String(shape, StandardCharsets.ISO_8859_1);
  }

  private static boolean isCode(byte[] text, Set<String> codes) {
    return (text.length == 2 || text.length == 3)
        && codes.contains(new String(text, StandardCharsets.ISO_8859_1));
  }

  /** Hexadecimal digits of one case, as many as a digest has, letters and digits both. */
  private static boolean isHash(byte[] text) {
    int start = 0;
    if (text.length > 7 && text[3] == ':' || text.length > 7 && text[6] == ':') {
      start = text[3] == ':' ? 4 : 7;
    }
    int length = text.length - start;
    if (length != 32
        && length != 40
        && length != 56
        && length != 64
        && length != 96
        && length != 128) {
      return false;
    }
    int upper = 0;
    int lower = 0;
    int digits = 0;
    for (int i = start; i < text.length; i++) {
      if (!isHex(text[i])) {
        return false;
      }
      upper += isUpper(text[i]) ? 1 : 0;
      lower += isLetter(text[i]) && !isUpper(text[i]) ? 1 : 0;
      digits += isDigit(text[i]) ? 1 : 0;
    }
    return digits > 0 && upper + lower > 0 && (upper == 0 || lower == 0);
  }

  /** Groups of four of the alphabet, with both cases and a digit or sign, so that words are not. */
  private static boolean isBase64(byte[] text) {
    if (text.length < 16 || text.length % 4 != 0) {
      return false;
    }
    int end = text.length;
    while (end > text.length - 2 && text[end - 1] == '=') {
      end--;
    }
    int upper = 0;
    int lower = 0;
    int other = text.length - end;
    for (int i = 0; i < end; i++) {
      byte c = text[i];
      if (isUpper(c)) {
        upper++;
      } else if (isLetter(c)) {
        lower++;
      } else if (isDigit(c) || c == '+' || c == '/') {
        other++;
      } else {
        return false;
      }
    }
    return upper > 0 && lower > 0 && other > 0;
  }

  private static boolean isHost(byte[] text, int from, int to) {
    int label = 0;
    int dots = 0;
    boolean letters = true;
    for (int i = from; i < to; i++) {
      byte c = text[i];
      if (c == '.') {
        if (label == 0 || text[i - 1] == '-') {
          return false;
        }
        dots++;
        label = 0;
        letters = true;
      } else if (c < 0 || isAlphanumeric(c) || c == '-' && label > 0) {
        label++;
        letters &= !isDigit(c);
      } else {
        return false;
      }
    }
    return dots > 0 && label >= 2 && letters && text[to - 1] != '-';
  }

  private static Set<String> countries() {
    Set<String> codes = new HashSet<>(Arrays.asList(Locale.getISOCountries()));
    codes.addAll(Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA3));
    return codes;
  }

  private static Set<String> currencies() {
    Set<String> codes = new HashSet<>();
    Currency.getAvailableCurrencies().forEach(currency -> codes.add(currency.getCurrencyCode()));
    return codes;
  }

  private static byte[] without(byte[] text, char dropped) {
    byte[] kept = new byte[text.length];
    int size = 0;
    for (byte c : text) {
      if (c != dropped) {
        kept[size++] = c;
      }
    }
    return Arrays.copyOf(kept, size);
  }

  private static int indexOf(byte[] text, char wanted, int from) {
    for (int i = from; i < text.length; i++) {
      if (text[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static boolean allDigits(byte[] text) {
    for (byte c : text) {
      if (!isDigit(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isUpper(byte c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isLetter(byte c) {
    return isUpper(c) || c >= 'a' && c <= 'z';
  }

  private static boolean isAlphanumeric(byte c) {
    return isLetter(c) || isDigit(c);
  }

  private static boolean isHex(byte c) {
    return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }
}
