package io.profilemesh.configuration;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** A field of a cron expression. */
enum CronField {
  MINUTE("minute", 0, 59, List.of()),
  HOUR("hour", 0, 23, List.of()),
  DAY("day of month", 1, 31, List.of()),
  MONTH(
      "month",
      1,
      12,
      List.of(
          "", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
  /** Sunday is 0, and 7 as well. */
  WEEKDAY("day of week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

  private final String title;
  private final int least;
  private final int most;
  private final List<String> names;

  CronField(String title, int least, int most, List<String> names) {
    this.title = title;
    this.least = least;
    this.most = most;
    this.names = names;
  }

  /**
   * The values that a text stands for.
   *
   * @throws IllegalArgumentException with a sentence about what is wrong
   */
  BitSet parse(String text) {
    BitSet values = new BitSet();
    for (String item : text.split(",", -1)) {
      add(item, values);
    }
    if (this == WEEKDAY && values.get(7)) {
      values.clear(7);
      values.set(0);
    }
    return values;
  }

  private void add(String item, BitSet values) {
    String[] steps = item.split("/", -1);
    String[] range = steps[0].split("-", -1);
    int step = steps.length == 2 ? number(steps[1], List.of(), item) : 1;
    int first = steps[0].equals("*") ? least : number(range[0], names, item);
    int last =
        range.length == 2
            ? number(range[1], names, item)
            : steps[0].equals("*") || steps.length == 2 ? most : first;
    if (steps.length > 2
        || range.length > 2
        || step < 1
        || first < least
        || last > most
        || first > last) {
      throw wrong(item);
    }
    for (int value = first; value <= last; value += step) {
      values.set(value);
    }
  }

  private int number(String text, List<String> named, String item) {
    int index = text.isEmpty() ? -1 : named.indexOf(text.toUpperCase(Locale.ROOT));
    if (index >= 0) {
      return index;
    }
    if (!text.matches("\\d{1,4}")) {
      throw wrong(item);
    }
    return Integer.parseInt(text);
  }

  private IllegalArgumentException wrong(String item) {
    return new IllegalArgumentException(
        "its " + title + " '" + item + "' is not within " + least + " to " + most);
  }
}
