package io.profilemesh.core.profile;

/** What accumulators expect of long values. */
public final class LargeValues {

  /**
   * Bytes of a value beyond which it comes in pieces. The length alone decides, so that a value has
   * one hash however it is cut.
   */
  public static final int THRESHOLD = 64 * 1024;

  private LargeValues() {}
}
