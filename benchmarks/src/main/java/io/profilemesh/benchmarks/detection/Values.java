package io.profilemesh.benchmarks.detection;

import io.profilemesh.core.profile.ColumnType;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column in one run; nothing in it changes.
 *
 * @param dataType type as a source would name it
 * @param numbers numbers, or microseconds since 1970 of timestamps; {@code NaN} is null; null for
 *     text
 * @param texts text, null for nulls; null for numbers
 */
@SuppressWarnings("ArrayRecordComponent") // half a million values a run, shared and never written
record Values(
    String name,
    ColumnType type,
    String dataType,
    double @Nullable [] numbers,
    @Nullable String @Nullable [] texts) {

  static Values of(String name, ColumnType type, String dataType, double[] numbers) {
    return new Values(name, type, dataType, numbers, null);
  }

  static Values of(String name, @Nullable String[] texts) {
    return new Values(name, ColumnType.TEXT, "text", null, texts);
  }

  /** The values of one column in several parts. */
  static Values of(List<Values> parts) {
    Values first = parts.get(0);
    if (first.isText()) {
      return of(
          first.name(),
          parts.stream()
              .flatMap(part -> Arrays.stream(part.textsOrThrow()))
              .toArray(String[]::new));
    }
    return of(
        first.name(),
        first.type(),
        first.dataType(),
        parts.stream().flatMapToDouble(part -> Arrays.stream(part.numbersOrThrow())).toArray());
  }

  int rows() {
    return numbers != null ? numbers.length : texts == null ? 0 : texts.length;
  }

  boolean isText() {
    return texts != null;
  }

  Values named(String other) {
    return new Values(other, type, dataType, numbers, texts);
  }

  Values typed(ColumnType otherType, String otherDataType) {
    return new Values(name, otherType, otherDataType, numbers, texts);
  }

  /** Numbers changed one by one; whole ones stay whole. */
  Values map(DoubleUnaryOperator change) {
    double[] changed = numbersOrThrow().clone();
    for (int i = 0; i < changed.length; i++) {
      double value = change.applyAsDouble(changed[i]);
      changed[i] = type == ColumnType.FLOAT || Double.isNaN(value) ? value : Math.rint(value);
    }
    return new Values(name, type, dataType, changed, null);
  }

  /** Texts changed one by one, nulls left out. */
  Values mapText(UnaryOperator<String> change) {
    String[] changed = textsOrThrow().clone();
    for (int i = 0; i < changed.length; i++) {
      changed[i] = changed[i] == null ? null : change.apply(changed[i]);
    }
    return new Values(name, type, dataType, null, changed);
  }

  /** The rows at some places, in that order. */
  Values at(int[] places) {
    if (numbers != null) {
      double[] all = numbers;
      double[] chosen = new double[places.length];
      Arrays.setAll(chosen, i -> all[places[i]]);
      return new Values(name, type, dataType, chosen, null);
    }
    String[] all = textsOrThrow();
    String[] chosen = new String[places.length];
    Arrays.setAll(chosen, i -> all[places[i]]);
    return new Values(name, type, dataType, null, chosen);
  }

  double[] numbersOrThrow() {
    if (numbers == null) {
      throw new IllegalStateException(name + " has no numbers");
    }
    return numbers;
  }

  String[] textsOrThrow() {
    if (texts == null) {
      throw new IllegalStateException(name + " has no texts");
    }
    return texts;
  }

  /** Standard deviation of the numbers that are there. */
  double deviation() {
    double mean = 0;
    double squares = 0;
    int count = 0;
    for (double value : numbersOrThrow()) {
      if (!Double.isNaN(value)) {
        count++;
        double step = value - mean;
        mean += step / count;
        squares += step * (value - mean);
      }
    }
    return count < 2 ? 0 : Math.sqrt(squares / (count - 1));
  }
}
