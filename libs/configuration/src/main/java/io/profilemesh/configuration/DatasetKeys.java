package io.profilemesh.configuration;

import io.profilemesh.configuration.DatasetConfig.Distinct;
import io.profilemesh.configuration.SamplingConfig.Method;
import io.profilemesh.configuration.key.GroupKey;
import io.profilemesh.configuration.key.InvalidValueException;
import io.profilemesh.configuration.key.Key;
import io.profilemesh.configuration.key.KeyGroup;
import io.profilemesh.configuration.key.Kind;
import io.profilemesh.configuration.key.Kinds;
import io.profilemesh.configuration.key.ListKey;
import java.time.Duration;
import java.time.temporal.TemporalAmount;
import java.util.Map;
import java.util.Optional;

/** The keys of an entry of {@code datasets}, and of the mappings in it. */
final class DatasetKeys {

  private static final Kind<TablePattern> PATTERN =
      Kinds.of(
          "[table pattern](configuration.md#patterns)",
          Map.of("type", "string", "minLength", 1, "maxLength", TablePattern.MAX_LENGTH),
          text -> {
            try {
              return TablePattern.parse(text);
            } catch (InvalidPatternException e) {
              throw new InvalidValueException("is no table pattern: " + e.getMessage());
            }
          });

  /** Which rows are read. */
  static final class Sampling {
    static final KeyGroup GROUP =
        new KeyGroup("Sampling", "Which rows of a table are read. Without it, all.");

    static final Key<Double> FRACTION =
        GROUP.add(Key.of("fraction", Kinds.fraction(), "share of the rows").orElse("1.0"));

    static final Key<Long> ROWS =
        GROUP.add(Key.of("rows", Kinds.wholeNumber(1), "most rows; excludes `fraction`"));

    static final Key<Method> METHOD =
        GROUP.add(
            Key.of(
                    "method",
                    Kinds.choice(Method.class),
                    "`none`, `bernoulli` (each row by chance), `block` (whole blocks by chance),"
                        + " `limit` (the first rows)")
                .orElseAs("`bernoulli` below 1, `limit` with `rows`"));

    static final Key<Long> SEED =
        GROUP.add(
            Key.of(
                    "seed",
                    Kinds.wholeNumber(),
                    "the same seed on the same data reads the same rows")
                .orElseAs("follows from the dataset"));

    private Sampling() {}
  }

  /** Which columns are profiled. */
  static final class Columns {
    static final KeyGroup GROUP =
        new KeyGroup("Columns", "Which columns are profiled: names, with wildcards.");

    static final ListKey<String> INCLUDE =
        GROUP.add(new ListKey<>("include", Kinds.text(), "all", "columns to profile"));

    static final ListKey<String> EXCLUDE =
        GROUP.add(new ListKey<>("exclude", Kinds.text(), "none", "columns to leave out; wins"));

    private Columns() {}
  }

  /** Which literal texts may leave the service. */
  static final class Values {
    static final KeyGroup GROUP =
        new KeyGroup(
            "Values",
            "Which literal texts may leave the service. A single word in the mapping's place speaks"
                + " of all columns.");

    static final Key<Published> ALL =
        Key.of(
                "values",
                Kinds.choice(Published.class),
                "`redact`: none, keyed hashes stand for them; `publish`: all but personal data")
            .orElse("redact");

    static final ListKey<String> PUBLISH =
        GROUP.add(
            new ListKey<>(
                "publish",
                Kinds.text(),
                "none",
                "columns whose values may leave, even if they hold personal data"));

    private Values() {}

    /** What may leave of all columns. */
    enum Published {
      REDACT,
      PUBLISH
    }
  }

  /** A time slice. */
  static final class Slice {
    static final KeyGroup GROUP =
        new KeyGroup(
            "Slice",
            "The entry speaks of the [slice](configuration.md#slices) `table@name`, a dataset of"
                + " its own.");

    static final Key<String> COLUMN =
        GROUP.add(Key.of("column", Kinds.text(), "date or timestamp column").required());

    static final Key<TemporalAmount> PERIOD =
        GROUP.add(
            Key.of(
                    "period",
                    Kinds.period(),
                    "length of a slice, of months or of days and less: `P1D`, `P1M`, `PT1H`")
                .required());

    static final Key<String> NAME =
        GROUP.add(
            Key.of("name", Kinds.text(), "the part of the dataset's name behind the `@`")
                .required());

    private Slice() {}
  }

  static final KeyGroup GROUP =
      new KeyGroup(
          "A dataset entry",
          "Defaults for the tables it matches; the first matching entry of the file counts. A table"
              + " that no entry matches can be profiled all the same, with the defaults below."
              + " Options of a request win over those of the entry.");

  static final ListKey<String> SOURCE =
      GROUP.add(
          new ListKey<>(
              "source",
              Kinds.text(),
              "required",
              "a source of this file, or several, by name or with wildcards: the entry speaks of"
                  + " each"));

  static final ListKey<TablePattern> INCLUDE =
      GROUP.add(
          new ListKey<>("include", PATTERN, "required, or `table`", "tables the entry speaks of"));

  static final Key<TablePattern> TABLE =
      GROUP.add(
          Key.of("table", PATTERN, "one table, in the place of `include`")
              .orElseAs("required, or `include`"));

  static final ListKey<TablePattern> EXCLUDE =
      GROUP.add(new ListKey<>("exclude", PATTERN, "none", "tables it does not speak of"));

  static final GroupKey SAMPLING =
      GROUP.add(new GroupKey("sampling", Sampling.GROUP, "which rows are read"));

  static final GroupKey COLUMNS =
      GROUP.add(new GroupKey("columns", Columns.GROUP, "which columns are profiled"));

  static final GroupKey VALUES =
      GROUP.add(
          new GroupKey(
              "values", Values.GROUP, Values.ALL, "which literal texts may leave the service"));

  static final Key<Distinct> DISTINCT =
      GROUP.add(
          Key.of(
                  "distinct",
                  Kinds.choice(Distinct.class),
                  "how [distinct values](metrics.md#distinct-values) are counted: `auto` (exactly"
                      + " while few, then by sketch), `approximate`, or `exact` (what outgrows the"
                      + " dictionaries is counted by the source)")
              .orElse("auto"));

  static final Key<Integer> HISTOGRAM_BINS =
      GROUP.add(
          Key.of("histogram-bins", Kinds.integer(1, 1_000), "bars of a histogram").orElse("10"));

  static final Key<String> DATA_AGE_COLUMN =
      GROUP.add(
          Key.of(
              "data-age-column",
              Kinds.text(),
              "timestamp column whose latest value tells how old the data is; ignored where a table"
                  + " lacks it or it is not profiled"));

  static final Key<String> OWNER =
      GROUP.add(
          Key.of("owner", Kinds.text(), "goes into every record of the dataset, for routing"));

  static final ListKey<String> TAGS =
      GROUP.add(new ListKey<>("tags", Kinds.text(), "none", "likewise"));

  static final GroupKey SCHEDULE = GROUP.add(ScheduleKeys.SCHEDULE);

  static final GroupKey PLAN = GROUP.add(ScheduleKeys.PLAN);

  static final GroupKey SLICE =
      GROUP.add(new GroupKey("slice", Slice.GROUP, "a time slice instead of the whole table"));

  static final GroupKey CAPTURE = GROUP.add(CaptureKeys.OF_DATASET);

  static final Key<Optional<Duration>> SWEEP = GROUP.add(CaptureKeys.SWEEP);

  private DatasetKeys() {}
}
