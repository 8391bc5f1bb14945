package io.profilemesh.query.start;

import java.util.Locale;

/** Whether REST asks who somebody is. */
public enum AccessMode {
  /** Every request needs a key or another proof of who makes it. */
  ON,
  /** Everybody who reaches the service may everything. */
  OFF;

  /** Key of the setting. */
  public static final String KEY = "profilemesh.access.mode";

  /**
   * The mode that a setting names.
   *
   * @throws IllegalArgumentException when it names none; the message names the key
   */
  static AccessMode of(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "on" -> ON;
      case "off" -> OFF;
      default -> throw new IllegalArgumentException(KEY + " is on or off");
    };
  }
}
