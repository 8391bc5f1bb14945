package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.DatasetId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What counts as drift for the datasets, columns, metrics and type classes it covers. Whatever is
 * null is as the built-in policies say.
 *
 * @param id identity, for people and to break ties of rank
 * @param rank order of policies; lower is asked earlier
 * @param enabled false: as if it were not there
 * @param datasets pattern of dataset ids; one without a slice covers the slices of its tables too
 * @param columns pattern of column names; one other than {@code *} covers no metric of the table
 * @param metrics names of metrics, as events have them; empty: all
 * @param types type classes covered; empty: all, and the table itself
 * @param ignore whether such a metric never makes a finding
 * @param direction which changes count
 * @param strategy how to choose what to compare with
 * @param window runs to learn from, 2 to 60
 * @param within no older run is learned from; null: any
 * @param minimumHistory runs needed before bounds are learned, 2 to 60
 * @param thresholds sizes of change that make severities
 * @param absoluteFloor smaller absolute changes never count; in the metric's unit
 * @param falseAlarmsPerMonth false alarms that are bearable, per table and 30 runs
 * @param acceptSchemaAfterRuns runs after which a changed schema is the new one
 * @param maximumDataAge age from which the newest data of a table is too old
 * @param mutedUntil no findings for runs before this instant
 * @param calendars special periods
 * @param runbookUrl what to do about a finding
 */
public record DriftPolicy(
    String id,
    int rank,
    boolean enabled,
    NamePattern datasets,
    NamePattern columns,
    Set<String> metrics,
    Set<ColumnType> types,
    boolean ignore,
    Direction direction,
    @Nullable StrategyKind strategy,
    @Nullable Integer window,
    @Nullable Duration within,
    @Nullable Integer minimumHistory,
    @Nullable Thresholds thresholds,
    @Nullable Double absoluteFloor,
    @Nullable Double falseAlarmsPerMonth,
    @Nullable Integer acceptSchemaAfterRuns,
    @Nullable Duration maximumDataAge,
    @Nullable Instant mutedUntil,
    List<CalendarWindow> calendars,
    @Nullable String runbookUrl) {

  /** Most runs that are remembered. */
  public static final int MOST_RUNS = 60;

  public DriftPolicy {
    metrics = Set.copyOf(metrics);
    types = Set.copyOf(types);
    calendars = List.copyOf(calendars);
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a policy has an id");
    }
    requireRuns(window, "a window");
    requireRuns(minimumHistory, "a minimum history");
    if (absoluteFloor != null && !(absoluteFloor >= 0 && absoluteFloor < Double.MAX_VALUE)) {
      throw new IllegalArgumentException("an absolute floor is not negative");
    }
    if (falseAlarmsPerMonth != null && !(falseAlarmsPerMonth > 0 && falseAlarmsPerMonth <= 1000)) {
      throw new IllegalArgumentException("a budget of false alarms is above 0 and at most 1000");
    }
    if (within != null && (within.isNegative() || within.isZero())) {
      throw new IllegalArgumentException("a window has a length");
    }
    if (acceptSchemaAfterRuns != null && acceptSchemaAfterRuns < 1) {
      throw new IllegalArgumentException("a schema is accepted after at least one run");
    }
    if (maximumDataAge != null && (maximumDataAge.isNegative() || maximumDataAge.isZero())) {
      throw new IllegalArgumentException("a greatest age of data is more than nothing");
    }
  }

  /** A policy that covers everything and changes nothing; {@code with} it becomes one. */
  public static Builder of(String id, int rank) {
    return new Builder(id, rank);
  }

  /**
   * Whether it speaks of a metric.
   *
   * @param column null: the table
   * @param metric name of the metric, or of what changed of the schema
   * @param type type class of the column; null for a metric of the table
   */
  public boolean covers(
      DatasetId dataset, @Nullable ColumnName column, String metric, @Nullable ColumnType type) {
    return enabled
        && (metrics.isEmpty() || metrics.contains(metric))
        && (types.isEmpty() || (type != null && types.contains(type)))
        && (column == null ? columns.equals(NamePattern.ANY) : columns.matches(column.value()))
        && (datasets.matches(dataset.toString())
            || (dataset.slice() != null && datasets.matches(dataset.wholeTable().toString())));
  }

  private static void requireRuns(@Nullable Integer runs, String what) {
    if (runs != null && (runs < 2 || runs > MOST_RUNS)) {
      throw new IllegalArgumentException(what + " is 2 to " + MOST_RUNS + " runs");
    }
  }

  /** Puts a policy together; each call sets one thing and returns the same builder. */
  public static final class Builder {
    private final String id;
    private final int rank;
    private boolean enabled = true;
    private NamePattern datasets = NamePattern.ANY;
    private NamePattern columns = NamePattern.ANY;
    private Set<String> metrics = Set.of();
    private Set<ColumnType> types = Set.of();
    private boolean ignore;
    private Direction direction = Direction.BOTH;
    private @Nullable StrategyKind strategy;
    private @Nullable Integer window;
    private @Nullable Duration within;
    private @Nullable Integer minimumHistory;
    private @Nullable Thresholds thresholds;
    private @Nullable Double absoluteFloor;
    private @Nullable Double falseAlarmsPerMonth;
    private @Nullable Integer acceptSchemaAfterRuns;
    private @Nullable Duration maximumDataAge;
    private @Nullable Instant mutedUntil;
    private List<CalendarWindow> calendars = List.of();
    private @Nullable String runbookUrl;

    private Builder(String id, int rank) {
      this.id = id;
      this.rank = rank;
    }

    public Builder enabled(boolean value) {
      enabled = value;
      return this;
    }

    public Builder datasets(String pattern) {
      datasets = new NamePattern(pattern);
      return this;
    }

    public Builder columns(String pattern) {
      columns = new NamePattern(pattern);
      return this;
    }

    public Builder metrics(Set<String> names) {
      metrics = Set.copyOf(names);
      return this;
    }

    public Builder types(Set<ColumnType> classes) {
      types = Set.copyOf(classes);
      return this;
    }

    public Builder ignore(boolean value) {
      ignore = value;
      return this;
    }

    public Builder direction(Direction value) {
      direction = value;
      return this;
    }

    public Builder strategy(@Nullable StrategyKind value) {
      strategy = value;
      return this;
    }

    public Builder window(@Nullable Integer runs) {
      window = runs;
      return this;
    }

    public Builder within(@Nullable Duration value) {
      within = value;
      return this;
    }

    public Builder minimumHistory(@Nullable Integer runs) {
      minimumHistory = runs;
      return this;
    }

    public Builder thresholds(@Nullable Thresholds value) {
      thresholds = value;
      return this;
    }

    public Builder absoluteFloor(@Nullable Double value) {
      absoluteFloor = value;
      return this;
    }

    public Builder falseAlarmsPerMonth(@Nullable Double value) {
      falseAlarmsPerMonth = value;
      return this;
    }

    public Builder acceptSchemaAfterRuns(@Nullable Integer runs) {
      acceptSchemaAfterRuns = runs;
      return this;
    }

    public Builder maximumDataAge(@Nullable Duration age) {
      maximumDataAge = age;
      return this;
    }

    public Builder mutedUntil(@Nullable Instant instant) {
      mutedUntil = instant;
      return this;
    }

    public Builder calendars(List<CalendarWindow> windows) {
      calendars = List.copyOf(windows);
      return this;
    }

    public Builder runbookUrl(@Nullable String url) {
      runbookUrl = url;
      return this;
    }

    /**
     * The policy.
     *
     * @throws IllegalArgumentException when a number is outside its bounds; the message says which
     */
    public DriftPolicy build() {
      return new DriftPolicy(
          id,
          rank,
          enabled,
          datasets,
          columns,
          metrics,
          types,
          ignore,
          direction,
          strategy,
          window,
          within,
          minimumHistory,
          thresholds,
          absoluteFloor,
          falseAlarmsPerMonth,
          acceptSchemaAfterRuns,
          maximumDataAge,
          mutedUntil,
          calendars,
          runbookUrl);
    }
  }
}
