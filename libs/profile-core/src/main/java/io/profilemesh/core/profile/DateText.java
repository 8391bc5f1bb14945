package io.profilemesh.core.profile;

/** Recognises text that reads as a date, with or without a time of day. */
final class DateText {

  private DateText() {}

  /**
   * Year, month, day with dashes, slashes, dots or nothing between; or day and month (in either
   * order) before the year. A time of day may follow the first form.
   */
  static boolean isDate(byte[] text) {
    if (text.length < 8 || text.length > 35) {
      return false;
    }
    if (text.length == 8 && isNumber(text, 0, 8)) {
      int year = number(text, 0, 4);
      return year >= 1900 && year <= 2100 && isDay(number(text, 6, 2), number(text, 4, 2));
    }
    if (text.length < 10) {
      return false;
    }
    if (isNumber(text, 0, 4)) {
      return isSeparator(text[4])
          && text[7] == text[4]
          && isNumber(text, 5, 2)
          && isNumber(text, 8, 2)
          && isDay(number(text, 8, 2), number(text, 5, 2))
          && isTimeOrEnd(text, 10);
    }
    if (text.length != 10 || !isSeparator(text[2]) || text[5] != text[2]) {
      return false;
    }
    if (!isNumber(text, 0, 2) || !isNumber(text, 3, 2) || !isNumber(text, 6, 4)) {
      return false;
    }
    int first = number(text, 0, 2);
    int second = number(text, 3, 2);
    return isDay(first, second) || isDay(second, first);
  }

  private static boolean isTimeOrEnd(byte[] text, int at) {
    if (at == text.length) {
      return true;
    }
    if (text.length < at + 6 || (text[at] != 'T' && text[at] != ' ')) {
      return false;
    }
    if (!isNumber(text, at + 1, 2) || text[at + 3] != ':' || !isNumber(text, at + 4, 2)) {
      return false;
    }
    for (int i = at + 6; i < text.length; i++) {
      if (text[i] < '0' && "+-. ".indexOf(text[i]) < 0 || text[i] > ':' && text[i] != 'Z') {
        return false;
      }
    }
    return number(text, at + 1, 2) < 25 && number(text, at + 4, 2) < 60;
  }

  private static boolean isDay(int day, int month) {
    return day >= 1 && day <= 31 && month >= 1 && month <= 12;
  }

  private static boolean isSeparator(byte c) {
    return c == '-' || c == '/' || c == '.';
  }

  private static boolean isNumber(byte[] text, int from, int digits) {
    for (int i = from; i < from + digits; i++) {
      if (text[i] < '0' || text[i] > '9') {
        return false;
      }
    }
    return true;
  }

  private static int number(byte[] text, int from, int digits) {
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      number = 10 * number + text[i] - '0';
    }
    return number;
  }
}
