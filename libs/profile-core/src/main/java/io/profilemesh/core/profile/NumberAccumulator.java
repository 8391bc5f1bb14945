package io.profilemesh.core.profile;

import org.jspecify.annotations.Nullable;

/** What columns of numbers have in common. */
public abstract sealed class NumberAccumulator extends ColumnAccumulator
    permits IntegerAccumulator, FloatAccumulator, DecimalAccumulator {

  private final Moments moments = new Moments();
  private @Nullable QuantileSketch quantiles;
  private @Nullable SemanticEvidence evidence;
  private long zeros;
  private long negatives;
  private boolean boundless;

  NumberAccumulator(AccumulatorSettings settings, boolean retainsBytes) {
    super(settings, retainsBytes);
  }

  /** The number of a slot of the value counter; not finite for NaN and infinities. */
  abstract double numberAt(int slot);

  /** The number of a slot as text. */
  abstract String textAt(int slot);

  /** Takes in a finite number; its hash has been observed just before. */
  final void acceptFinite(double value) {
    if (value <= 0) {
      if (value == 0) {
        zeros++;
      } else {
        negatives++;
      }
    }
    if (Double.isInfinite(value)) {
      boundless = true;
      return;
    }
    moments.add(value);
    if (quantiles != null) {
      quantiles.add(value);
    }
  }

  /**
   * Takes in the first numbers of an array, all finite; their hashes have been observed just
   * before.
   *
   * @param exact how many of them the dictionary took in
   */
  final void acceptFinite(double[] numbers, int n, int exact) {
    int zero = 0;
    int below = 0;
    for (int i = 0; i < n; i++) {
      zero += numbers[i] == 0 ? 1 : 0;
      below += numbers[i] < 0 ? 1 : 0;
    }
    zeros += zero;
    negatives += below;
    moments.add(numbers, n);
    if (quantiles != null) {
      quantiles.add(numbers, exact, n);
    }
  }

  @Override
  void beforeSpill() {
    quantiles = load(new QuantileSketch(settings.stream()));
    evidence = inspect();
  }

  final void combineNumbers(NumberAccumulator other) {
    moments.merge(other.moments);
    zeros += other.zeros;
    negatives += other.negatives;
    boundless |= other.boundless;
    if (quantiles != null && other.quantiles != null) {
      quantiles.merge(other.quantiles);
    }
    if (evidence != null && other.evidence != null) {
      evidence.merge(other.evidence);
    }
  }

  /** A sum without rounding, with its digits where a double cannot hold them. */
  record ExactSum(double number, @Nullable String digits) {}

  /**
   * States what every column of numbers has.
   *
   * @param sum null where only floating-point arithmetic gives one
   */
  final void describeNumbers(ColumnDraft draft, double min, double max, @Nullable ExactSum sum) {
    SemanticEvidence found = evidence == null ? inspect() : evidence;
    found.judge(draft.name()).ifPresent(kind -> draft.meaning(kind, found.confidence(kind)));
    draft.countAndPercent(Metric.ZERO_COUNT, Metric.ZERO_PERCENT, zeros);
    draft.countAndPercent(Metric.NEGATIVE_COUNT, Metric.NEGATIVE_PERCENT, negatives);
    describeDistinct(draft);
    draft.frequentNumbers(values(), this::textAt);
    if (!boundless) {
      describeMoments(draft, sum);
      describeDistribution(draft, min, max);
    }
  }

  SemanticEvidence inspect() {
    return new SemanticEvidence();
  }

  private void describeMoments(ColumnDraft draft, @Nullable ExactSum sum) {
    Moments.Result result = moments.result();
    // The mean of one value, or of few, would give personal values away.
    if (result.n() == 0 || (!draft.showsNumbers() && result.n() < ColumnDraft.FEW)) {
      return;
    }
    double deviation = result.standardDeviation();
    double mean = sum == null ? result.trueMean() : sum.number() / result.n();
    draft.mean(Metric.MEAN, mean, deviation);
    draft.value(Metric.STANDARD_DEVIATION, deviation);
    draft.value(Metric.SKEWNESS, result.skewness());
    if (sum == null) {
      draft.sum(result.sum(), null);
    } else {
      draft.sum(sum.number(), sum.digits());
    }
  }

  private void describeDistribution(ColumnDraft draft, double min, double max) {
    QuantileSketch sketch = quantiles;
    if (sketch == null) {
      WeightedValues exact = NumberedValues.of(values(), this::numberAt).weighted();
      draft.distribution(exact, min, max, Quality.EXACT, 0);
      if (!exact.isEmpty()) {
        draft.quantileSketch(load(new QuantileSketch(settings.stream())));
      }
    } else {
      double error = sketch.rankError();
      draft.distribution(sketch.values(), min, max, Quality.APPROXIMATE, error);
      draft.quantileSketch(sketch);
    }
  }

  private QuantileSketch load(QuantileSketch sketch) {
    NumberedValues finite = NumberedValues.of(values(), this::numberAt);
    sketch.addAll(finite.numbers(), finite.counts());
    return sketch;
  }
}
