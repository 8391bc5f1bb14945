package io.profilemesh.profiler.capture;

import java.util.Arrays;

/**
 * How far a feed has read, in its own words.
 *
 * @param key what the position is kept under; empty where the feed needs no key
 */
record LogPosition(byte[] key, byte[] value) {

  @Override
  public boolean equals(Object other) {
    return other instanceof LogPosition position
        && Arrays.equals(key, position.key)
        && Arrays.equals(value, position.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "LogPosition[" + value.length + " bytes]";
  }
}
