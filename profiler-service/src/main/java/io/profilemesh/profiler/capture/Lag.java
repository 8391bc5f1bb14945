package io.profilemesh.profiler.capture;

import java.util.Locale;
import java.util.Optional;

/** How much log a source may have to keep for capture. */
final class Lag {

  private Lag() {}

  /**
   * Why capture lets go of the log, as a sentence; empty while it need not.
   *
   * @param most bytes
   * @param kept bytes; negative when not known
   */
  static Optional<String> beyond(long most, long kept) {
    return kept > most
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "The source kept %,d bytes of log for change capture, beyond the %,d allowed;"
                    + " capture let go of them.",
                kept,
                most))
        : Optional.empty();
  }
}
