package io.profilemesh.core.profile;

/** One long text on its way through in pieces: hash, code points, first bytes, blank or not. */
final class LargeText {

  private final StreamedHash hash;
  private final byte[] head = new byte[ValueCounter.RETAINED_BYTES];
  private int headLength;
  private long characters;
  private boolean blank = true;

  LargeText(long seed) {
    hash = new StreamedHash(seed);
  }

  void add(byte[] data, int offset, int length) {
    int kept = Math.min(length, head.length - headLength);
    System.arraycopy(data, offset, head, headLength, kept);
    headLength += kept;
    characters += ValueHash.codePoints(data, offset, length);
    // A long text of nothing but other scripts' spaces is not worth looking across pieces for.
    for (int i = offset; blank && i < offset + length; i++) {
      blank = data[i] >= 0 && Character.isWhitespace(data[i]);
    }
    hash.update(data, offset, length);
  }

  byte[] head() {
    return TextBytes.prefix(head, 0, headLength, headLength);
  }

  long characters() {
    return characters;
  }

  boolean isBlank() {
    return blank;
  }

  long finish() {
    return hash.finish();
  }

  byte[] digest() {
    return hash.digest();
  }
}
