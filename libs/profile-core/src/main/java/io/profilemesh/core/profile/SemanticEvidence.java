package io.profilemesh.core.profile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * How many of the inspected distinct values of a column fit each {@link SemanticKind}. Adds up in
 * any order. Not safe for several threads.
 */
final class SemanticEvidence {

  private static final SemanticKind[] KINDS = SemanticKind.values();

  /** Distinct values inspected per range of rows. */
  static final int SAMPLE = 1024;

  private final long[] matched = new long[KINDS.length];
  private final long[] matchedRows = new long[KINDS.length];
  private long inspected;
  private long inspectedRows;

  /** Looks at values of a counter that kept their bytes; digests and blanks say nothing. */
  static SemanticEvidence ofTexts(ValueCounter values) {
    SemanticEvidence evidence = new SemanticEvidence();
    for (int slot : values.slots()) {
      if (evidence.inspected >= SAMPLE) {
        break;
      }
      if (!values.isDigestAt(slot)) {
        evidence.inspect(values.bytesAt(slot), values.countAt(slot));
      }
    }
    return evidence;
  }

  /**
   * Looks at frequent values.
   *
   * @param numbers whether they are the digits of numbers
   */
  static SemanticEvidence ofFrequent(List<ComputedColumn.Frequent> values, boolean numbers) {
    SemanticEvidence evidence = new SemanticEvidence();
    for (ComputedColumn.Frequent value : values) {
      byte[] text = value.text().getBytes(StandardCharsets.UTF_8);
      if (numbers) {
        evidence.inspectDigits(text, value.count());
      } else {
        evidence.inspect(text, value.count());
      }
    }
    return evidence;
  }

  /** Looks at numbers of a counter of longs. */
  static SemanticEvidence ofLongs(ValueCounter values, long seed) {
    SemanticEvidence evidence = new SemanticEvidence();
    for (int slot : values.slots()) {
      if (evidence.inspected >= SAMPLE) {
        break;
      }
      long value = ValueHash.toLong(values.hashAt(slot), seed);
      byte[] digits = Long.toString(value).getBytes(StandardCharsets.US_ASCII);
      evidence.inspectDigits(digits, values.countAt(slot));
    }
    return evidence;
  }

  void merge(SemanticEvidence other) {
    inspected += other.inspected;
    inspectedRows += other.inspectedRows;
    for (int i = 0; i < matched.length; i++) {
      matched[i] += other.matched[i];
      matchedRows[i] += other.matchedRows[i];
    }
  }

  /** What the column holds, or empty when nothing fits well enough. */
  Optional<SemanticKind> judge(ColumnName name) {
    for (SemanticKind kind : KINDS) {
      if (kind.accepts(share(kind), confidence(kind), inspected, name)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** Share of the rows with inspected values that fit. */
  double confidence(SemanticKind kind) {
    return inspectedRows == 0 ? 0 : (double) matchedRows[kind.ordinal()] / inspectedRows;
  }

  /** Share of the inspected values that fit, however often each occurs. */
  private double share(SemanticKind kind) {
    return inspected == 0 ? 0 : (double) matched[kind.ordinal()] / inspected;
  }

  private void inspect(byte[] value, long rows) {
    byte[] text = SemanticValues.trim(value);
    if (text.length == 0) {
      return;
    }
    inspected++;
    inspectedRows += rows;
    for (SemanticKind kind : KINDS) {
      note(kind, SemanticValues.fits(kind, text), rows);
    }
  }

  private void inspectDigits(byte[] digits, long rows) {
    inspected++;
    inspectedRows += rows;
    note(SemanticKind.CREDIT_CARD, SemanticValues.isCreditCard(digits), rows);
    note(SemanticKind.PHONE_DIGITS, SemanticValues.isPhoneDigits(digits), rows);
  }

  private void note(SemanticKind kind, boolean fits, long rows) {
    if (fits) {
      matched[kind.ordinal()]++;
      matchedRows[kind.ordinal()] += rows;
    }
  }
}
