package io.profilemesh.e2e;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Unmistakable values, and the search for them in bytes: as they are, and in every guise in which
 * they could have been written by accident (hexadecimal, base64 at any offset, UTF-16, and numbers
 * as text, fixed-width and Avro bytes).
 */
final class Canaries {

  /** A pattern that starts with fewer bytes would be met by chance. */
  private static final int LEAST = 4;

  private final Map<Integer, List<Form>> byStart = new HashMap<>();

  /** One guise of a canary. */
  private record Form(String canary, String guise, byte[] bytes) {}

  /** Where a canary was met. */
  record Sighting(String canary, String guise) implements Comparable<Sighting> {
    @Override
    public int compareTo(Sighting other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return canary + " as " + guise;
    }
  }

  /** A text, looked for in small and capital letters too. */
  Canaries text(String canary) {
    for (String spelling :
        new TreeSet<>(
            List.of(canary, canary.toLowerCase(Locale.ROOT), canary.toUpperCase(Locale.ROOT)))) {
      bytes(canary, spelling.getBytes(StandardCharsets.UTF_8));
      add(canary, "UTF-16BE", spelling.getBytes(StandardCharsets.UTF_16BE));
      add(canary, "UTF-16LE", spelling.getBytes(StandardCharsets.UTF_16LE));
    }
    return this;
  }

  /** Bytes, looked for as they are, in hexadecimal digits and in base64. */
  Canaries bytes(String canary, byte[] bytes) {
    add(canary, "plain", bytes);
    String hex = HexFormat.of().formatHex(bytes);
    add(canary, "hex", hex.getBytes(StandardCharsets.US_ASCII));
    add(canary, "HEX", hex.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
    for (int offset = 0; offset < 3; offset++) {
      add(canary, "base64", base64(bytes, offset, Base64.getEncoder()));
      add(canary, "base64url", base64(bytes, offset, Base64.getUrlEncoder()));
    }
    return this;
  }

  /** A number of many digits, looked for as text and in the bytes of its types. */
  Canaries number(long value) {
    String canary = Long.toString(value);
    text(canary);
    add(canary, "double text", Double.toString(value).getBytes(StandardCharsets.US_ASCII));
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      add(canary, "long", ByteBuffer.allocate(8).order(order).putLong(0, value).array());
      add(canary, "double", ByteBuffer.allocate(8).order(order).putDouble(0, value).array());
    }
    add(canary, "varint", varint(value << 1 ^ value >> 63));
    return this;
  }

  /** The sightings in these bytes. */
  Set<Sighting> in(byte[] haystack) {
    Set<Sighting> found = new TreeSet<>();
    for (int at = 0; at + LEAST <= haystack.length; at++) {
      for (Form form : byStart.getOrDefault(start(haystack, at), List.of())) {
        int end = at + form.bytes().length;
        if (end <= haystack.length
            && Arrays.equals(haystack, at, end, form.bytes(), 0, form.bytes().length)) {
          found.add(new Sighting(form.canary(), form.guise()));
        }
      }
    }
    return found;
  }

  private void add(String canary, String guise, byte[] bytes) {
    if (bytes.length < LEAST + 2) {
      throw new IllegalArgumentException(canary + " as " + guise + " is too short to be telling");
    }
    byStart
        .computeIfAbsent(start(bytes, 0), start -> new ArrayList<>())
        .add(new Form(canary, guise, bytes));
  }

  private static int start(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }

  /** The letters that the bytes alone decide, when so many others stand before them. */
  private static byte[] base64(byte[] bytes, int offset, Base64.Encoder encoder) {
    byte[] shifted = new byte[offset + bytes.length];
    System.arraycopy(bytes, 0, shifted, offset, bytes.length);
    byte[] letters = encoder.encode(shifted);
    return Arrays.copyOfRange(letters, (offset * 8 + 5) / 6, shifted.length * 8 / 6);
  }

  private static byte[] varint(long value) {
    ByteBuffer bytes = ByteBuffer.allocate(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.put((byte) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    bytes.put((byte) rest);
    return Arrays.copyOf(bytes.array(), bytes.position());
  }
}
