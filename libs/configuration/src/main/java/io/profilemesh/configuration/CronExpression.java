package io.profilemesh.configuration;

import java.util.List;
import java.util.Locale;

/** Checks cron expressions of five fields: minute, hour, day of month, month, day of week. */
final class CronExpression {

  private static final List<String> MONTHS =
      List.of(
          "", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  private CronExpression() {}

  static boolean isValid(String text) {
    String[] fields = text.trim().split("\\s+");
    return fields.length == 5
        && isField(fields[0], 0, 59, List.of())
        && isField(fields[1], 0, 23, List.of())
        && isField(fields[2], 1, 31, List.of())
        && isField(fields[3], 1, 12, MONTHS)
        && isField(fields[4], 0, 7, DAYS);
  }

  private static boolean isField(String field, int least, int most, List<String> names) {
    for (String item : field.split(",", -1)) {
      if (!isItem(item, least, most, names)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isItem(String item, int least, int most, List<String> names) {
    String[] steps = item.split("/", -1);
    if (steps.length > 2 || (steps.length == 2 && number(steps[1], List.of()) < 1)) {
      return false;
    }
    if (steps[0].equals("*")) {
      return true;
    }
    String[] range = steps[0].split("-", -1);
    int first = number(range[0], names);
    int last = range.length == 2 ? number(range[1], names) : first;
    return range.length <= 2 && first >= least && last <= most && first <= last;
  }

  private static int number(String text, List<String> names) {
    int named = text.isEmpty() ? -1 : names.indexOf(text.toUpperCase(Locale.ROOT));
    if (named >= 0) {
      return named;
    }
    return ConfigurationScalars.integer(text, 0, 9_999).orElse(-1);
  }
}
