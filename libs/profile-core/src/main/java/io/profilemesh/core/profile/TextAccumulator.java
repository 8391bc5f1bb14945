package io.profilemesh.core.profile;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Accumulates text as UTF-8 bytes. Minimum and maximum are by code point, compared and kept by the
 * first 1,024 bytes.
 */
public final class TextAccumulator extends ColumnAccumulator {

  private static final int KEPT = ValueCounter.RETAINED_BYTES;

  private final TextHash hasher = new TextHash(seed);
  private @Nullable SemanticEvidence evidence;
  private byte @Nullable [] min;
  private byte @Nullable [] max;
  private long minHead;
  private long maxHead;
  private long shortest = Long.MAX_VALUE;
  private long longest;
  private long totalLength;
  private double squaredLength;
  private long empty;
  private long blank;
  private @Nullable LargeText large;

  public TextAccumulator(AccumulatorSettings settings) {
    super(settings, true);
  }

  /** Takes in a text of at most {@link LargeValues#THRESHOLD} bytes. */
  public void acceptBytes(byte[] data, int offset, int length) {
    countValue();
    long hash = hasher.of(data, offset, length);
    measure(hasher.codePoints());
    if (length == 0) {
      empty++;
      blank++;
    } else if (data[offset] <= ' ' && TextBytes.isBlank(data, offset, length)) {
      blank++;
    }
    if (!observe(hash, data, offset, length)) {
      compareExtremes(data, offset, length);
    }
  }

  /** Begins a longer text, which then comes in pieces. */
  public void beginLarge() {
    large = new LargeText(seed);
  }

  /** The next bytes of a longer text; pieces may end within a code point. */
  public void acceptPiece(byte[] data, int offset, int length) {
    pieces().add(data, offset, length);
  }

  /** Ends a longer text. */
  public void endLarge() {
    LargeText text = pieces();
    large = null;
    countValue();
    measure(text.characters());
    if (text.isBlank()) {
      blank++;
    }
    byte[] head = text.head();
    compareExtremes(head, 0, head.length);
    long hash = text.finish();
    observeDigest(hash, text.digest());
  }

  @Override
  void beforeSpill() {
    evidence = SemanticEvidence.ofTexts(values());
  }

  @Override
  void combineMore(ColumnAccumulator other) {
    TextAccumulator more = (TextAccumulator) other;
    if (more.min != null && more.max != null) {
      compareExtremes(more.min, 0, more.min.length);
      compareExtremes(more.max, 0, more.max.length);
    }
    shortest = Math.min(shortest, more.shortest);
    longest = Math.max(longest, more.longest);
    totalLength += more.totalLength;
    squaredLength += more.squaredLength;
    empty += more.empty;
    blank += more.blank;
    if (evidence != null && more.evidence != null) {
      evidence.merge(more.evidence);
    }
  }

  @Override
  void describe(ColumnDraft draft) {
    SemanticEvidence found = evidence == null ? SemanticEvidence.ofTexts(values()) : evidence;
    found.judge(draft.name()).ifPresent(kind -> draft.meaning(kind, found.confidence(kind)));
    describeDistinct(draft);
    draft.frequentBytes(values(), slot -> TextBytes.decode(values().bytesAt(slot)));
    draft.count(Metric.EMPTY_COUNT, empty);
    draft.countAndPercent(Metric.BLANK_COUNT, Metric.BLANK_PERCENT, blank);
    if (min != null && max != null) {
      draft.value(Metric.MIN_LENGTH, shortest);
      draft.value(Metric.MAX_LENGTH, longest);
      double average = (double) totalLength / count();
      double variance = Math.max(0, squaredLength / count() - average * average);
      draft.mean(Metric.AVERAGE_LENGTH, average, Math.sqrt(variance));
      draft.literal(Metric.MIN, min);
      draft.literal(Metric.MAX, max);
    }
  }

  private void measure(long characters) {
    if (characters < shortest) {
      shortest = characters;
    }
    if (characters > longest) {
      longest = characters;
    }
    totalLength += characters;
    squaredLength += (double) characters * characters;
  }

  /** The first eight bytes decide nearly always. */
  private void compareExtremes(byte[] data, int offset, int length) {
    long head = head(data, offset, length);
    if (min == null || max == null) {
      byte[] first = TextBytes.prefix(data, offset, length, KEPT);
      min = first;
      max = first;
      minHead = head;
      maxHead = head;
      return;
    }
    int compared = Math.min(length, KEPT);
    int toMin = Long.compareUnsigned(head, minHead);
    if (toMin < 0
        || toMin == 0
            && Arrays.compareUnsigned(data, offset, offset + compared, min, 0, min.length) < 0) {
      min = TextBytes.prefix(data, offset, length, KEPT);
      minHead = head;
    }
    int toMax = Long.compareUnsigned(head, maxHead);
    if (toMax > 0
        || toMax == 0
            && Arrays.compareUnsigned(data, offset, offset + compared, max, 0, max.length) > 0) {
      max = TextBytes.prefix(data, offset, length, KEPT);
      maxHead = head;
    }
  }

  /** The first eight bytes as a number that orders as they do; zeros after a shorter text. */
  private static long head(byte[] data, int offset, int length) {
    if (length >= 8) {
      return Long.reverseBytes(ValueHash.longAt(data, offset));
    }
    long head = 0;
    for (int i = 0; i < length; i++) {
      head |= (data[offset + i] & 0xFFL) << (56 - 8 * i);
    }
    return head;
  }

  private LargeText pieces() {
    if (large == null) {
      throw new IllegalStateException("a piece belongs to a text that has begun");
    }
    return large;
  }
}
