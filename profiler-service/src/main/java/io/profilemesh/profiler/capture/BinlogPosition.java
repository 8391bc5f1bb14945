package io.profilemesh.profiler.capture;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in a binary log, between two transactions.
 *
 * @param file name of the log file
 * @param offset bytes from its start
 */
record BinlogPosition(String file, long offset) {

  LogPosition toPosition() {
    return new LogPosition(new byte[0], (file + ':' + offset).getBytes(StandardCharsets.UTF_8));
  }

  /** Empty where there is no position, or one of another kind of feed. */
  static Optional<BinlogPosition> of(@Nullable LogPosition position) {
    if (position == null) {
      return Optional.empty();
    }
    String text = new String(position.value(), StandardCharsets.UTF_8);
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new BinlogPosition(text.substring(0, colon), Long.parseLong(text.substring(colon + 1))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
