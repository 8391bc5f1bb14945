package io.profilemesh.core.profile;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Accumulates dates, times of day and timestamps as whole numbers of a unit since their epoch; the
 * profile states milliseconds. Infinite dates are counted apart, like infinite numbers.
 */
public final class TemporalAccumulator extends ColumnAccumulator {

  private static final double MILLIS_PER_DAY = 86_400_000.0;
  private static final double MICROS_PER_MILLI = 1000.0;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long EARLIEST = Long.MIN_VALUE;
  private static final long LATEST = Long.MAX_VALUE;

  /** What the whole numbers count. */
  public enum Kind {
    /** Days since 1970-01-01. */
    DATE,
    /** Microseconds since midnight. */
    TIME,
    /** Microseconds since 1970-01-01T00:00:00, without a zone, read as UTC. */
    TIMESTAMP,
    /** Microseconds since 1970-01-01T00:00:00Z. */
    TIMESTAMP_WITH_ZONE
  }

  private final Kind kind;
  private final long future;
  private final long[] waiting = new long[GATHERED];
  private final long[] hashes = new long[GATHERED];
  private final double[] numbers = new double[GATHERED];
  private int gathered;
  private @Nullable QuantileSketch quantiles;
  private long min = Long.MAX_VALUE;
  private long max = Long.MIN_VALUE;
  private long finite;
  private long inFuture;
  private long earlyInfinities;
  private long lateInfinities;

  public TemporalAccumulator(Kind kind, AccumulatorSettings settings) {
    super(settings, false);
    this.kind = kind;
    Instant now = settings.scannedAt();
    this.future =
        kind == Kind.DATE
            ? Math.floorDiv(now.getEpochSecond(), 86_400L)
            : now.getEpochSecond() * MICROS_PER_SECOND + now.getNano() / 1000;
  }

  /** Takes in a finite value, in the unit of the kind. */
  public void acceptLong(long value) {
    waiting[gathered++] = value;
    if (gathered == GATHERED) {
      settle();
    }
  }

  @Override
  void settle() {
    int n = gathered;
    if (n == 0) {
      return;
    }
    gathered = 0;
    countValues(n);
    finite += n;
    long least = min;
    long most = max;
    int later = 0;
    for (int i = 0; i < n; i++) {
      long value = waiting[i];
      least = Math.min(least, value);
      most = Math.max(most, value);
      later += value > future ? 1 : 0;
      hashes[i] = ValueHash.ofLong(value, seed);
    }
    min = least;
    max = most;
    inFuture += later;
    int exact = observe(hashes, n);
    if (quantiles != null) {
      for (int i = exact; i < n; i++) {
        numbers[i] = millis(waiting[i]);
      }
      quantiles.add(numbers, exact, n);
    }
  }

  /** Takes in a value before or after all others. */
  public void acceptInfinity(boolean negative) {
    countValue();
    if (negative) {
      earlyInfinities++;
      observe(ValueHash.ofLong(EARLIEST, seed));
    } else {
      lateInfinities++;
      observe(ValueHash.ofLong(LATEST, seed));
    }
  }

  @Override
  void beforeSpill() {
    quantiles = load();
  }

  @Override
  void combineMore(ColumnAccumulator other) {
    TemporalAccumulator more = (TemporalAccumulator) other;
    min = Math.min(min, more.min);
    max = Math.max(max, more.max);
    finite += more.finite;
    inFuture += more.inFuture;
    earlyInfinities += more.earlyInfinities;
    lateInfinities += more.lateInfinities;
    if (quantiles != null && more.quantiles != null) {
      quantiles.merge(more.quantiles);
    }
  }

  @Override
  void describe(ColumnDraft draft) {
    describeDistinct(draft);
    draft.frequentNumbers(values(), slot -> text(valueAt(slot)));
    draft.count(Metric.INFINITE_COUNT, earlyInfinities + lateInfinities);
    if (kind != Kind.TIME) {
      draft.count(Metric.FUTURE_COUNT, inFuture + lateInfinities);
    }
    if (finite == 0) {
      return;
    }
    draft.literal(Metric.EARLIEST, millis(min), null);
    draft.literal(Metric.LATEST, millis(max), null);
    QuantileSketch sketch = quantiles;
    if (sketch == null) {
      draft.distribution(
          NumberedValues.of(values(), this::millisAt).weighted(),
          millis(min),
          millis(max),
          Quality.EXACT,
          0);
      draft.quantileSketch(load());
    } else {
      double error = sketch.rankError();
      draft.distribution(sketch.values(), millis(min), millis(max), Quality.APPROXIMATE, error);
      draft.quantileSketch(sketch);
    }
  }

  private QuantileSketch load() {
    NumberedValues finite = NumberedValues.of(values(), this::millisAt);
    QuantileSketch sketch = new QuantileSketch(settings.stream());
    sketch.addAll(finite.numbers(), finite.counts());
    return sketch;
  }

  private double millisAt(int slot) {
    long value = valueAt(slot);
    return value == EARLIEST || value == LATEST ? Double.NaN : millis(value);
  }

  private long valueAt(int slot) {
    return ValueHash.toLong(values().hashAt(slot), seed);
  }

  private double millis(long value) {
    return kind == Kind.DATE ? value * MILLIS_PER_DAY : value / MICROS_PER_MILLI;
  }

  private String text(long value) {
    return textOf(kind, value);
  }

  /** A value in the unit of its kind, in ISO 8601. */
  public static String textOf(Kind kind, long value) {
    if (value == EARLIEST || value == LATEST) {
      return value == EARLIEST ? "-infinity" : "infinity";
    }
    try {
      return switch (kind) {
        case DATE -> LocalDate.ofEpochDay(value).toString();
        case TIME -> timeText(value);
        case TIMESTAMP -> instant(value).atOffset(ZoneOffset.UTC).toLocalDateTime().toString();
        case TIMESTAMP_WITH_ZONE -> instant(value).toString();
      };
    } catch (DateTimeException e) {
      // Engines know years that the calendar of the platform does not.
      return Long.toString(value);
    }
  }

  private static String timeText(long micros) {
    long day = 86_400 * MICROS_PER_SECOND;
    return micros == day ? "24:00" : LocalTime.ofNanoOfDay(micros * 1000).toString();
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * 1000);
  }
}
