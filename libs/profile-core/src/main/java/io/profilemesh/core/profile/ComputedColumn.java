package io.profilemesh.core.profile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a source computed of a column by itself. Becomes a profile under the same rules of scope and
 * policy as what was read row by row: what the values mean is judged by the frequent ones.
 *
 * @param count values that are not null, of the rows that were chosen
 * @param nulls nulls of the rows that were chosen
 * @param distinct null where the source cannot compare the values
 * @param values null where there is none, or they are only counted
 * @param distribution null where there is none
 * @param frequent most frequent values first; empty where the source cannot say
 * @param frequentExact whether their counts are exact
 */
public record ComputedColumn(
    ColumnDefinition column,
    long count,
    long nulls,
    @Nullable Distinct distinct,
    @Nullable Values values,
    @Nullable Distribution distribution,
    List<Frequent> frequent,
    boolean frequentExact) {

  public ComputedColumn {
    frequent = List.copyOf(frequent);
  }

  /**
   * Distinct values.
   *
   * @param error relative standard error; 0 when they were counted
   */
  public record Distinct(long number, double error) {}

  /** Metrics of one class of types. */
  public sealed interface Values permits Numbers, Moments, Texts, Sizes, Truths {}

  /**
   * Numbers.
   *
   * @param finite numbers that are neither NaN nor infinite; mean to negatives are of these
   * @param minDigits decimal digits where a double cannot hold them, or null
   * @param deviation of a sample; NaN where it is not known
   */
  public record Numbers(
      long finite,
      double min,
      @Nullable String minDigits,
      double max,
      @Nullable String maxDigits,
      double mean,
      double deviation,
      double sum,
      @Nullable String sumDigits,
      long zeros,
      long negatives,
      long nans,
      long infinities)
      implements Values {}

  /** Dates and times, in milliseconds. */
  public record Moments(double earliest, double latest, long future, boolean ofDay)
      implements Values {}

  /** Texts; lengths in code points. */
  public record Texts(
      long shortest, long longest, double average, long empty, long blank, String min, String max)
      implements Values {}

  /** Values of which only the size is known, in bytes. */
  public record Sizes(long smallest, long largest, double average) implements Values {}

  /** Truth values. */
  public record Truths(long trues) implements Values {}

  /** How numbers, dates and times are spread. */
  public record Distribution(Histogram histogram, Quantiles quantiles) {}

  /** A frequent value as text. */
  public record Frequent(String text, long count) {}

  /** The profile of the column. */
  public ColumnProfile profile(ProfileSettings how) {
    ColumnDraft draft = new ColumnDraft(column, how, count, nulls);
    boolean numbers = values instanceof Numbers;
    if (numbers || values instanceof Texts) {
      SemanticEvidence evidence = SemanticEvidence.ofFrequent(frequent, numbers);
      evidence
          .judge(column.name())
          .ifPresent(kind -> draft.meaning(kind, evidence.confidence(kind)));
    }
    if (distinct != null) {
      describeDistinct(draft, distinct);
    }
    if (values instanceof Numbers found) {
      describe(draft, found);
    } else if (values instanceof Moments found) {
      describe(draft, found);
    } else if (values instanceof Texts found) {
      describe(draft, found);
    } else if (values instanceof Sizes found) {
      draft.value(Metric.MIN_LENGTH, found.smallest());
      draft.value(Metric.MAX_LENGTH, found.largest());
      draft.mean(Metric.AVERAGE_LENGTH, found.average(), Double.NaN);
    } else if (values instanceof Truths found) {
      draft.countAndPercent(Metric.TRUE_COUNT, Metric.TRUE_PERCENT, found.trues());
    }
    if (distribution != null) {
      draft.distribution(distribution.histogram(), distribution.quantiles());
    }
    if (!frequent.isEmpty() || (values == null && count == 0)) {
      describeFrequent(draft, how);
    }
    return draft.build();
  }

  private static void describeDistinct(ColumnDraft draft, Distinct distinct) {
    if (distinct.error() == 0) {
      draft.distinctExact(distinct.number());
    } else {
      draft.distinctEstimate(distinct.number(), 0, distinct.error());
    }
  }

  private static void describe(ColumnDraft draft, Numbers numbers) {
    draft.countAndPercent(Metric.ZERO_COUNT, Metric.ZERO_PERCENT, numbers.zeros());
    draft.countAndPercent(Metric.NEGATIVE_COUNT, Metric.NEGATIVE_PERCENT, numbers.negatives());
    draft.count(Metric.NAN_COUNT, numbers.nans());
    draft.count(Metric.INFINITE_COUNT, numbers.infinities());
    if (numbers.finite() == 0) {
      return;
    }
    draft.literal(Metric.MIN, numbers.min(), numbers.minDigits());
    draft.literal(Metric.MAX, numbers.max(), numbers.maxDigits());
    // The mean of one value, or of few, would give personal values away.
    if (draft.showsNumbers() || numbers.finite() >= ColumnDraft.FEW) {
      draft.mean(Metric.MEAN, numbers.mean(), numbers.deviation());
      draft.value(Metric.STANDARD_DEVIATION, numbers.deviation());
      draft.sum(numbers.sum(), numbers.sumDigits());
    }
  }

  private static void describe(ColumnDraft draft, Moments moments) {
    if (!moments.ofDay()) {
      draft.count(Metric.FUTURE_COUNT, moments.future());
    }
    draft.literal(Metric.EARLIEST, moments.earliest(), null);
    draft.literal(Metric.LATEST, moments.latest(), null);
  }

  private static void describe(ColumnDraft draft, Texts texts) {
    draft.count(Metric.EMPTY_COUNT, texts.empty());
    draft.countAndPercent(Metric.BLANK_COUNT, Metric.BLANK_PERCENT, texts.blank());
    draft.value(Metric.MIN_LENGTH, texts.shortest());
    draft.value(Metric.MAX_LENGTH, texts.longest());
    draft.mean(Metric.AVERAGE_LENGTH, texts.average(), Double.NaN);
    draft.literal(Metric.MIN, texts.min().getBytes(StandardCharsets.UTF_8));
    draft.literal(Metric.MAX, texts.max().getBytes(StandardCharsets.UTF_8));
  }

  private void describeFrequent(ColumnDraft draft, ProfileSettings how) {
    boolean clear = values instanceof Truths || isNumber() && draft.showsNumbers();
    List<FrequentValues.FrequentValue> stated = new ArrayList<>();
    for (Frequent each : frequent.subList(0, Math.min(frequent.size(), how.frequentValues()))) {
      if (clear) {
        stated.add(new FrequentValues.FrequentValue(each.text(), null, each.count(), 0));
      } else {
        String shown = isNumber() ? null : draft.shown(each.text());
        stated.add(
            new FrequentValues.FrequentValue(
                shown, how.hasher().hash(each.text()), each.count(), 0));
      }
    }
    Quality counted = frequentExact ? Quality.EXACT : Quality.APPROXIMATE;
    draft.frequent(
        new FrequentValues(stated, count, how.scope().isSample() ? Quality.ESTIMATE : counted));
  }

  private boolean isNumber() {
    return values instanceof Numbers || values instanceof Moments;
  }
}
