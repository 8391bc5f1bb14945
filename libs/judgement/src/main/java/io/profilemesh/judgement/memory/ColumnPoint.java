package io.profilemesh.judgement.memory;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.FrequentValues;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricNumbers;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Quantiles;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column in one run: immutable. One that was read from bytes still has them, so that it is
 * written again without being worked out again.
 */
public final class ColumnPoint {

  private final int sequence;
  private final ColumnDefinition definition;
  private final @Nullable MetricNumbers metrics;
  private final @Nullable Quantiles quantiles;
  private final @Nullable FrequentValues frequentValues;
  private final @Nullable Origin origin;

  /** Made when first asked for; a record, so that any thread may find it. */
  private @Nullable ColumnProfile profile;

  /**
   * What a point was read from.
   *
   * @param metrics bytes of the metrics; null when there are none; not to be changed
   * @param exact whether they keep all digits
   * @param exponent of the step that its quantiles are multiples of
   */
  @SuppressWarnings("ArrayRecordComponent") // looked at by the writer alone
  record Origin(byte @Nullable [] metrics, boolean exact, int exponent) {}

  /**
   * A column in one run.
   *
   * @param sequence number of the run
   * @param metrics what is kept of its metrics; null when the run did not profile the column
   * @param quantiles at the ranks every profile states; null when the run has none
   * @param frequentValues most frequent values; null when the run has none
   */
  public ColumnPoint(
      int sequence,
      ColumnDefinition definition,
      @Nullable Map<Metric, MetricValue> metrics,
      @Nullable Quantiles quantiles,
      @Nullable FrequentValues frequentValues) {
    this(
        sequence,
        definition,
        metrics == null ? null : KeptMetrics.numbers(metrics),
        quantiles,
        frequentValues,
        null);
  }

  ColumnPoint(
      int sequence,
      ColumnDefinition definition,
      @Nullable MetricNumbers metrics,
      @Nullable Quantiles quantiles,
      @Nullable FrequentValues frequentValues,
      @Nullable Origin origin) {
    this.sequence = sequence;
    this.definition = definition;
    this.metrics = metrics;
    this.quantiles = quantiles;
    this.frequentValues = frequentValues;
    this.origin = origin;
  }

  public int sequence() {
    return sequence;
  }

  public ColumnDefinition definition() {
    return definition;
  }

  public @Nullable Map<Metric, MetricValue> metrics() {
    return metrics;
  }

  @Nullable MetricNumbers numbers() {
    return metrics;
  }

  public @Nullable Quantiles quantiles() {
    return quantiles;
  }

  public @Nullable FrequentValues frequentValues() {
    return frequentValues;
  }

  /** What it was read from; null when it was not. */
  @Nullable Origin origin() {
    return origin;
  }

  /** The column as a profile has it; null when the run did not profile it. */
  @Nullable ColumnProfile profile() {
    ColumnProfile known = profile;
    MetricNumbers numbers = metrics;
    if (known == null && numbers != null) {
      known =
          new ColumnProfile(
              definition, numbers, null, null, quantiles, frequentValues, List.of(), false);
      profile = known;
    }
    return known;
  }

  /** The same of a column of another name. */
  ColumnPoint named(ColumnName name) {
    return of(
        new ColumnDefinition(
            name,
            definition.ordinal(),
            definition.dataType(),
            definition.type(),
            definition.nullable(),
            definition.description()));
  }

  /** The same with its definition. */
  ColumnPoint of(ColumnDefinition other) {
    return new ColumnPoint(sequence, other, metrics, quantiles, frequentValues, origin);
  }

  /** Without its distribution. */
  ColumnPoint withoutDistribution() {
    return new ColumnPoint(sequence, definition, metrics, null, null, origin);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ColumnPoint that
        && sequence == that.sequence
        && definition.equals(that.definition)
        && Objects.equals(metrics, that.metrics)
        && Objects.equals(quantiles, that.quantiles)
        && Objects.equals(frequentValues, that.frequentValues);
  }

  @Override
  public int hashCode() {
    return Objects.hash(sequence, definition, metrics, quantiles, frequentValues);
  }

  @Override
  public String toString() {
    return "ColumnPoint[%d, %s, %s, %s, %s]"
        .formatted(sequence, definition, metrics, quantiles, frequentValues);
  }
}
