package io.profilemesh.core.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Accumulates truth values. */
public final class BooleanAccumulator extends ColumnAccumulator {

  private long trues;

  public BooleanAccumulator(AccumulatorSettings settings) {
    super(settings, false);
  }

  public void acceptBoolean(boolean value) {
    countValue();
    if (value) {
      trues++;
    }
  }

  @Override
  void combineMore(ColumnAccumulator other) {
    trues += ((BooleanAccumulator) other).trues;
  }

  @Override
  void describe(ColumnDraft draft) {
    long falses = count() - trues;
    draft.countAndPercent(Metric.TRUE_COUNT, Metric.TRUE_PERCENT, trues);
    draft.distinctExact((trues > 0 ? 1 : 0) + (falses > 0 ? 1 : 0));
    List<FrequentValues.FrequentValue> values = new ArrayList<>();
    if (trues > 0) {
      values.add(new FrequentValues.FrequentValue("true", null, trues, 0));
    }
    if (falses > 0) {
      values.add(new FrequentValues.FrequentValue("false", null, falses, 0));
    }
    values.sort(Comparator.comparingLong(FrequentValues.FrequentValue::count).reversed());
    draft.frequent(new FrequentValues(values, count(), draft.countedQuality()));
  }
}
