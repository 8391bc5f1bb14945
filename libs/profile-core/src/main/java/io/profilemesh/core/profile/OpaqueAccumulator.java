package io.profilemesh.core.profile;

import org.jspecify.annotations.Nullable;

/**
 * Accumulates values of which only their bytes are known: binary, JSON, arrays, UUIDs and all that
 * has no meaning of its own here. Sizes are in bytes.
 */
public final class OpaqueAccumulator extends ColumnAccumulator {

  /** How a value may be shown where policy allows it. */
  public enum Form {
    /** Bytes that mean nothing to people: only ever hashed. */
    BYTES,
    /** UTF-8 text, such as JSON. */
    TEXT,
    /** The sixteen bytes of a UUID. */
    UUID
  }

  private final Form form;
  private long smallest = Long.MAX_VALUE;
  private long largest;
  private long total;
  private double squares;
  private @Nullable StreamedHash large;

  public OpaqueAccumulator(Form form, AccumulatorSettings settings) {
    super(settings, true);
    this.form = form;
  }

  /** Takes in a value of at most {@link LargeValues#THRESHOLD} bytes. */
  public void acceptBytes(byte[] data, int offset, int length) {
    countValue();
    measure(length);
    observe(ValueHash.ofBytes(data, offset, length, seed), data, offset, length);
  }

  /** Begins a larger value, which then comes in pieces. */
  public void beginLarge() {
    large = new StreamedHash(seed);
  }

  /** The next bytes of a larger value. */
  public void acceptPiece(byte[] data, int offset, int length) {
    pieces().update(data, offset, length);
  }

  /** Ends a larger value. */
  public void endLarge() {
    StreamedHash value = pieces();
    large = null;
    countValue();
    measure(value.length());
    long hash = value.finish();
    observeDigest(hash, value.digest());
  }

  @Override
  void combineMore(ColumnAccumulator other) {
    OpaqueAccumulator more = (OpaqueAccumulator) other;
    if (more.form != form) {
      throw new IllegalArgumentException("only accumulators of one kind and settings combine");
    }
    smallest = Math.min(smallest, more.smallest);
    largest = Math.max(largest, more.largest);
    total += more.total;
    squares += more.squares;
  }

  @Override
  void describe(ColumnDraft draft) {
    if (form == Form.UUID && count() > 0) {
      draft.meaning(SemanticKind.UUID, 1);
    }
    describeDistinct(draft);
    draft.frequentBytes(values(), this::textAt);
    if (count() > 0 && form != Form.UUID) {
      draft.value(Metric.MIN_LENGTH, smallest);
      draft.value(Metric.MAX_LENGTH, largest);
      double average = (double) total / count();
      double variance = Math.max(0, squares / count() - average * average);
      draft.mean(Metric.AVERAGE_LENGTH, average, Math.sqrt(variance));
    }
  }

  private @Nullable String textAt(int slot) {
    byte[] bytes = values().bytesAt(slot);
    return switch (form) {
      case BYTES -> null;
      case TEXT -> TextBytes.decode(bytes);
      case UUID -> uuidText(bytes);
    };
  }

  private static @Nullable String uuidText(byte[] bytes) {
    if (bytes.length != 16) {
      return null;
    }
    String hex = TextBytes.hex(bytes);
    return hex.substring(0, 8)
        + '-'
        + hex.substring(8, 12)
        + '-'
        + hex.substring(12, 16)
        + '-'
        + hex.substring(16, 20)
        + '-'
        + hex.substring(20);
  }

  private void measure(long size) {
    if (size < smallest) {
      smallest = size;
    }
    if (size > largest) {
      largest = size;
    }
    total += size;
    squares += (double) size * size;
  }

  private StreamedHash pieces() {
    if (large == null) {
      throw new IllegalStateException("a piece belongs to a value that has begun");
    }
    return large;
  }
}
