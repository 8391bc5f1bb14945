package io.profilemesh.core.profile;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A column's profile in the making: here scope and value policy are applied to every number. */
final class ColumnDraft {

  /** Fewer values than this would be given away by their mean. */
  static final int FEW = 10;

  private static final String DIGEST_PREFIX = "digest:";

  private final ColumnDefinition column;
  private final ProfileSettings how;
  private final long count;
  private final Map<Metric, MetricValue> metrics = new EnumMap<>(Metric.class);
  private final List<Sketch> sketches = new ArrayList<>();
  private @Nullable SemanticType semanticType;
  private boolean personal;
  private boolean literals;
  private @Nullable Histogram histogram;
  private @Nullable Quantiles quantiles;
  private @Nullable FrequentValues frequent;

  ColumnDraft(ColumnDefinition column, ProfileSettings how, long count, long nulls) {
    this.column = column;
    this.how = how;
    this.count = count;
    count(Metric.COUNT, count);
    count(Metric.NULL_COUNT, nulls);
    if (count + nulls > 0) {
      metrics.put(Metric.NULL_PERCENT, how.scope().percent(nulls, count + nulls));
    }
  }

  ColumnName name() {
    return column.name();
  }

  /** States the inferred meaning; to be called before any value is stated. */
  void meaning(SemanticKind kind, double confidence) {
    semanticType = new SemanticType(kind.wireName(), confidence);
    personal = kind.isPersonal();
  }

  /** Whether texts and the like may be stated in clear. */
  boolean showsTexts() {
    return how.policy() == ValuePolicy.PUBLISHED_BY_NAME
        || (how.policy() == ValuePolicy.PUBLISHED && !personal);
  }

  /** Whether numbers, dates and booleans may be stated in clear. */
  boolean showsNumbers() {
    return !personal || how.policy() == ValuePolicy.PUBLISHED_BY_NAME;
  }

  void count(Metric metric, long value) {
    metrics.put(metric, how.scope().count(value));
  }

  /** A count and its share of the values that are not null. */
  void countAndPercent(Metric countMetric, Metric percentMetric, long part) {
    count(countMetric, part);
    if (count > 0) {
      metrics.put(percentMetric, how.scope().percent(part, count));
    }
  }

  /** A number, left out when it is not finite. */
  void value(Metric metric, double value) {
    if (Double.isFinite(value)) {
      metrics.put(metric, how.scope().value(value));
    }
  }

  void mean(Metric metric, double mean, double standardDeviation) {
    if (Double.isFinite(mean)) {
      metrics.put(metric, how.scope().mean(mean, standardDeviation, count));
    }
  }

  /** A sum over the rows read; of a sample, scaled up with the rows. */
  void sum(double sum, @Nullable String digits) {
    double fraction = how.scope().fraction();
    if (how.scope().isSample()) {
      value(Metric.SUM, fraction == 0 ? sum : sum / fraction);
    } else if (digits != null || Double.isFinite(sum)) {
      Double number = Double.isFinite(sum) ? sum : null;
      metrics.put(Metric.SUM, new MetricValue(number, digits, Quality.EXACT, null, null));
    }
  }

  /** A literal number with its digits where a double cannot hold them; hashed when personal. */
  void literal(Metric metric, double number, @Nullable String digits) {
    if (!showsNumbers()) {
      String exact = digits == null ? new BigDecimal(number).toPlainString() : digits;
      metrics.put(metric, text(how.hasher().hash(exact)));
    } else {
      double shown = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, number));
      metrics.put(metric, new MetricValue(shown, digits, how.scope().quality(), null, null));
    }
  }

  /** A literal text, hashed unless published. */
  void literal(Metric metric, byte[] text) {
    if (showsTexts()) {
      literals = true;
      metrics.put(metric, text(TextBytes.decode(text)));
    } else {
      metrics.put(metric, text(how.hasher().hash(text)));
    }
  }

  void distinctExact(long distinct) {
    boolean sample = how.scope().isSample();
    metrics.put(
        Metric.DISTINCT_COUNT,
        sample
            ? new MetricValue((double) distinct, null, Quality.ESTIMATE, (double) distinct, null)
            : MetricValue.exact(distinct));
    if (count > 0) {
      metrics.put(Metric.DISTINCT_PERCENT, how.scope().value(100.0 * distinct / count));
    }
  }

  /** The estimate of a sketch, which can be neither below what was seen nor above the count. */
  void distinctEstimate(double estimate, long atLeast) {
    distinctEstimate(estimate, atLeast, DistinctRegisters.ERROR);
  }

  /**
   * The same with another error.
   *
   * @param error relative standard error
   */
  void distinctEstimate(double estimate, long atLeast, double error) {
    double margin = SampleScope.Z99 * error;
    double lower = Math.min(count, Math.max(atLeast, estimate / (1 + margin)));
    double upper = Math.min(count, Math.max(lower, estimate / (1 - margin)));
    double value = Math.rint(Math.max(lower, Math.min(upper, estimate)));
    value = Math.max(lower, Math.min(upper, value));
    boolean sample = how.scope().isSample();
    Quality quality = sample ? Quality.ESTIMATE : Quality.APPROXIMATE;
    metrics.put(
        Metric.DISTINCT_COUNT,
        new MetricValue(value, null, quality, lower, sample ? null : (Double) upper));
    metrics.put(
        Metric.DISTINCT_PERCENT,
        new MetricValue(
            100 * value / count, null, quality, 100 * lower / count, 100 * upper / count));
  }

  /** Histogram and quantiles, unless the column is personal. */
  void distribution(
      WeightedValues values, double min, double max, Quality quality, double rankError) {
    if (values.isEmpty() || !showsNumbers() || !Double.isFinite(min) || !Double.isFinite(max)) {
      return;
    }
    Quality stated = how.scope().isSample() ? Quality.ESTIMATE : quality;
    histogram = values.histogram(min, max, how.histogramBins(), stated);
    quantiles = values.quantiles(min, max, how.scope().rankError(rankError, count));
  }

  /** Histogram and quantiles as they were computed elsewhere, unless the column is personal. */
  void distribution(Histogram bins, Quantiles ranks) {
    if (!showsNumbers()) {
      return;
    }
    Quality stated = how.scope().isSample() ? Quality.ESTIMATE : bins.quality();
    histogram = new Histogram(bins.edges(), bins.counts(), stated);
    double rankError = how.scope().rankError(ranks.rankError(), count);
    quantiles = new Quantiles(ranks.ranks(), ranks.values(), rankError);
  }

  /** A frequent text in clear, or null where policy or its length forbid. */
  @Nullable String shown(String text) {
    if (!showsTexts() || text.length() > ValueCounter.RETAINED_BYTES / 4) {
      return null;
    }
    literals = true;
    return text;
  }

  void quantileSketch(QuantileSketch sketch) {
    if (showsNumbers()) {
      sketch(
          Sketch.Kind.QUANTILES,
          QuantileSketch.FORMAT,
          false,
          sketch.rankError(),
          sketch.toBytes());
    }
  }

  void sketch(Sketch.Kind kind, String format, boolean hashed, double error, byte[] data) {
    String hashId = hashed ? how.hasher().sketchHashId() : null;
    sketches.add(new Sketch(kind, format, hashId, error, data));
  }

  /** Frequent values of a column of numbers, dates or booleans. */
  void frequentNumbers(ValueCounter values, IntFunction<String> text) {
    frequent(
        values,
        slot ->
            showsNumbers()
                ? new Shown(text.apply(slot), null)
                : new Shown(null, how.hasher().hash(text.apply(slot))));
  }

  /** Frequent values of a column whose bytes were kept. */
  void frequentBytes(ValueCounter values, IntFunction<@Nullable String> text) {
    frequent(
        values,
        slot -> {
          byte[] bytes = values.bytesAt(slot);
          boolean digest = values.isDigestAt(slot);
          String shown = digest || !showsTexts() ? null : text.apply(slot);
          literals |= shown != null;
          String hash =
              digest
                  ? how.hasher().hash(DIGEST_PREFIX + TextBytes.hex(bytes))
                  : how.hasher().hash(bytes);
          return new Shown(shown, hash);
        });
  }

  void frequent(FrequentValues values) {
    frequent = values;
  }

  /** Quality of what was counted over every row read. */
  Quality countedQuality() {
    return how.scope().quality();
  }

  ColumnProfile build() {
    return new ColumnProfile(
        column, metrics, semanticType, histogram, quantiles, frequent, sketches, literals);
  }

  private void frequent(ValueCounter values, IntFunction<Shown> shown) {
    int[] slots = values.slotsByCount();
    boolean all = values.exact() && slots.length <= how.frequentValues();
    List<FrequentValues.FrequentValue> stated = new ArrayList<>();
    for (int slot : slots) {
      if (stated.size() >= how.frequentValues()) {
        break;
      }
      long occurrences = values.countAt(slot);
      long error = values.errorAt(slot);
      // Once-only values of a long list say nothing, nor do counts that doubt outweighs.
      if (all || (occurrences > 1 && occurrences > error)) {
        Shown value = shown.apply(slot);
        stated.add(
            new FrequentValues.FrequentValue(value.text(), value.hash(), occurrences, error));
      }
    }
    Quality counted = values.exact() ? Quality.EXACT : Quality.APPROXIMATE;
    frequent =
        new FrequentValues(stated, count, how.scope().isSample() ? Quality.ESTIMATE : counted);
  }

  private MetricValue text(String value) {
    return new MetricValue(null, value, how.scope().quality(), null, null);
  }

  private record Shown(@Nullable String text, @Nullable String hash) {}
}
