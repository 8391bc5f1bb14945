package io.profilemesh.benchmarks.detection;

import io.profilemesh.core.profile.ColumnType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What can go wrong with a load, done to the rows of a run. */
enum Fault {
  NULLS_1("null burst 1 %", Target.ANY, false, nulls(0.01)),
  NULLS_5("null burst 5 %", Target.ANY, true, nulls(0.05)),
  NULLS_20("null burst 20 %", Target.ANY, true, nulls(0.20)),
  NULLS_50("null burst 50 %", Target.ANY, false, nulls(0.50)),
  UNIT_100("unit change ×100", Target.NUMBER, true, scale(100)),
  UNIT_1_1("unit change ×1.1", Target.NUMBER, true, scale(1.1)),
  UNIT_2("unit change ×2", Target.NUMBER, false, scale(2)),
  SHIFT_10("shift 0.1 σ", Target.NUMBER, false, shift(0.1)),
  SHIFT_25("shift 0.25 σ", Target.NUMBER, true, shift(0.25)),
  SHIFT_50("shift 0.5 σ", Target.NUMBER, true, shift(0.5)),
  SHIFT_100("shift 1 σ", Target.NUMBER, false, shift(1)),
  SHIFT_200("shift 2 σ", Target.NUMBER, false, shift(2)),
  DEFAULT_FILL("default filled in", Target.NUMBER_OR_TEXT, true, defaults(0.20)),
  CATEGORY_SWAP("categories swapped", Target.TEXT, true, Fault::swapCategories),
  NEW_DOMINANT("new dominant category", Target.TEXT, true, category("NEW", 0.30)),
  NEW_RARE("new rare category", Target.TEXT, false, category("NEW", 0.003)),
  TRUNCATED("truncated load", Target.TABLE, true, Fault::truncate),
  DUPLICATE("duplicate load", Target.TABLE, true, Fault::duplicate),
  MISSING_HOURS("missing hours", Target.CLOCK, true, Fault::missingHours),
  TIME_ZONE("time-zone shift", Target.CLOCK_COLUMN, true, Fault::timeZone),
  CUT_TEXT("truncated text", Target.TEXT, false, Fault::cutText),
  ENCODING("encoding damage", Target.TEXT, false, Fault::damage),
  COLUMN_SWAP("columns swapped", Target.PAIR, true, Fault::swapColumns),
  RENAME("column renamed", Target.ANY, true, Fault::rename),
  WIDENING("type widened", Target.INTEGER, false, Fault::widen),
  CONSTANT("constant turned variable", Target.CONSTANT, false, on(Fault::vary)),
  RAMP("slow ramp, 0.05 σ a run", Target.NUMBER, false, shift(0.05)),
  LABELLED("labelled", Target.NONE, false, Place::frame);

  /** What a fault is done to. */
  enum Target {
    ANY,
    NUMBER,
    INTEGER,
    TEXT,
    NUMBER_OR_TEXT,
    /** Two columns of one type. */
    PAIR,
    /** All rows. */
    TABLE,
    /** Rows of some hours. */
    CLOCK,
    /** The timestamp column. */
    CLOCK_COLUMN,
    /** Numbers that are all the same. */
    CONSTANT,
    /** Nothing here: the user's own data has it already. */
    NONE
  }

  /**
   * The place of a fault.
   *
   * @param columns columns it is done to; empty: the table
   */
  record Place(Frame frame, List<String> columns, Random random) {}

  private static final double HOUR = 3.6e9;

  private final String title;
  private final Target target;
  private final boolean counted;
  private final Function<Place, Frame> change;

  Fault(String title, Target target, boolean counted, Function<Place, Frame> change) {
    this.title = title;
    this.target = target;
    this.counted = counted;
    this.change = change;
  }

  String title() {
    return title;
  }

  /** Whether it is among the faults that the key {@code f1} counts. */
  boolean isCounted() {
    return counted;
  }

  /** Whether it is so large that only tables of few rows a run need it. */
  boolean isForFewRows() {
    return this == NULLS_50 || this == UNIT_2 || this == SHIFT_100 || this == SHIFT_200;
  }

  /** Whether it must be found at all. */
  boolean mustAlarm() {
    return this != NEW_RARE;
  }

  /** The columns it may be done to: each entry one choice; an empty list stands for the table. */
  List<List<String>> choices(LabTable table) {
    Frame frame = table.runs().get(0).frame();
    List<List<String>> choices = new ArrayList<>();
    for (Values one : frame.columns()) {
      if (suits(one, table)) {
        choices.add(List.of(one.name()));
      }
      if (target == Target.PAIR) {
        for (Values other : frame.columns()) {
          if (one.type() == other.type() && one.name().compareTo(other.name()) < 0) {
            choices.add(List.of(one.name(), other.name()));
          }
        }
      }
    }
    if (target == Target.TABLE || (target == Target.CLOCK && !table.clock().isEmpty())) {
      choices.add(List.of());
    }
    return choices;
  }

  private boolean suits(Values values, LabTable table) {
    boolean clock = values.name().equals(table.clock());
    boolean number = !values.isText() && values.type() != ColumnType.TIMESTAMP;
    return switch (target) {
      case ANY -> true;
      case NUMBER -> number;
      case INTEGER -> values.type() == ColumnType.INTEGER;
      case TEXT -> values.isText();
      case NUMBER_OR_TEXT -> number || values.isText();
      case CLOCK_COLUMN -> clock;
      case CONSTANT -> number && values.deviation() == 0;
      case PAIR, TABLE, CLOCK, NONE -> false;
    };
  }

  /** Runs that it lasts; a ramp grows with each of them. */
  int runs() {
    return this == RAMP ? 10 : 1;
  }

  /** The rows after the fault. */
  Frame apply(LabTable table, Frame frame, List<String> columns, Random random) {
    List<String> named =
        target == Target.CLOCK || target == Target.CLOCK_COLUMN ? List.of(table.clock()) : columns;
    return change.apply(new Place(frame, named, random));
  }

  private static Function<Place, Frame> on(BiFunction<Values, Random, Values> change) {
    return place ->
        place.frame().with(place.columns().get(0), values -> change.apply(values, place.random()));
  }

  private static Function<Place, Frame> nulls(double share) {
    return on(
        (values, random) ->
            values.isText()
                ? values.mapText(text -> random.nextDouble() < share ? null : text)
                : values.map(number -> random.nextDouble() < share ? Double.NaN : number));
  }

  private static Function<Place, Frame> scale(double factor) {
    return on((values, random) -> values.map(number -> number * factor));
  }

  private static Function<Place, Frame> shift(double deviations) {
    return on(
        (values, random) -> {
          double by = deviations * values.deviation();
          return values.map(number -> number + by);
        });
  }

  /** A third of the values of a constant are others. */
  private static Values vary(Values values, Random random) {
    return values.map(number -> random.nextInt(3) == 0 ? number + random.nextInt(5) : number);
  }

  private static Function<Place, Frame> defaults(double share) {
    return on(
        (values, random) ->
            values.isText()
                ? values.mapText(text -> random.nextDouble() < share ? "UNKNOWN" : text)
                : values.map(number -> random.nextDouble() < share ? 0 : number));
  }

  private static Function<Place, Frame> category(String name, double share) {
    return on(
        (values, random) -> values.mapText(text -> random.nextDouble() < share ? name : text));
  }

  /** The most frequent value and one that is at most half as frequent change their names. */
  private static Frame swapCategories(Place place) {
    Values values = place.frame().column(place.columns().get(0));
    Map<String, Integer> counts = new HashMap<>();
    for (String text : values.textsOrThrow()) {
      if (text != null) {
        counts.merge(text, 1, Integer::sum);
      }
    }
    List<Map.Entry<String, Integer>> sorted = new ArrayList<>(counts.entrySet());
    sorted.sort(
        Comparator.<Map.Entry<String, Integer>>comparingInt(Map.Entry::getValue)
            .reversed()
            .thenComparing(Map.Entry::getKey));
    List<String> rarer =
        sorted.stream()
            .filter(entry -> 2 * entry.getValue() <= sorted.get(0).getValue())
            .limit(10)
            .map(Map.Entry::getKey)
            .toList();
    String first = sorted.get(0).getKey();
    String second = rarer.isEmpty() ? "NONE" : rarer.get(place.random().nextInt(rarer.size()));
    return place
        .frame()
        .with(
            values.name(),
            column ->
                column.mapText(
                    text -> text.equals(first) ? second : text.equals(second) ? first : text));
  }

  private static Frame truncate(Place place) {
    int rows = place.frame().rows();
    int kept = (int) (rows * (0.4 + 0.3 * place.random().nextDouble()));
    return place.frame().at(IntStream.range(0, kept).toArray());
  }

  private static Frame duplicate(Place place) {
    int rows = place.frame().rows();
    return place.frame().at(IntStream.range(0, 2 * rows).map(i -> i % rows).toArray());
  }

  /** Four hours between six in the morning and ten at night are missing. */
  private static Frame missingHours(Place place) {
    double[] clock = place.frame().column(place.columns().get(0)).numbersOrThrow();
    int from = 6 + place.random().nextInt(13);
    int[] kept =
        IntStream.range(0, clock.length)
            .filter(
                i -> {
                  double hour = (clock[i] / HOUR) % 24;
                  return !(hour >= from && hour < from + 4);
                })
            .toArray();
    return place.frame().at(kept);
  }

  private static Frame timeZone(Place place) {
    int[] hours = {-8, -5, 1, 2, 5, 8};
    double by = hours[place.random().nextInt(hours.length)] * HOUR;
    return place.frame().with(place.columns().get(0), values -> values.map(at -> at + by));
  }

  private static Frame cutText(Place place) {
    return place
        .frame()
        .with(
            place.columns().get(0),
            values -> values.mapText(text -> text.substring(0, (text.length() + 1) / 2)));
  }

  private static Frame damage(Place place) {
    Random random = place.random();
    return place
        .frame()
        .with(
            place.columns().get(0),
            values ->
                values.mapText(
                    text ->
                        text.isEmpty() || random.nextDouble() >= 0.1
                            ? text
                            : text.substring(0, text.length() - 1) + "\uFFFD"));
  }

  private static Frame swapColumns(Place place) {
    String first = place.columns().get(0);
    String second = place.columns().get(1);
    Values one = place.frame().column(first);
    Values other = place.frame().column(second);
    return place
        .frame()
        .with(first, values -> other.named(first))
        .with(second, values -> one.named(second));
  }

  private static Frame rename(Place place) {
    String name = place.columns().get(0);
    return place.frame().with(name, values -> values.named(name + "_2"));
  }

  private static Frame widen(Place place) {
    return place
        .frame()
        .with(place.columns().get(0), values -> values.typed(ColumnType.FLOAT, "double precision"));
  }
}
