package io.profilemesh.profiler.scan;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.TransactionState;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Reads what a server answers to a COPY, in PostgreSQL's protocol 3, through one buffer: no object
 * per row, and a value of any size goes by in pieces. Stops where the answers stop, so that the
 * stream can be used for the next statement. Not safe for several threads.
 */
final class CopyAnswers {

  private static final int HEADER = 5;
  private static final int BUFFER = 128 * 1024;

  /** More than any report of an error has. */
  private static final int LONGEST_ERROR = 1 << 20;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int filled;

  /** Bytes of data of the message under way that are still to come. */
  private int remaining;

  private @Nullable PSQLException error;
  private @Nullable TransactionState ended;

  CopyAnswers(InputStream in) {
    this.in = in;
  }

  /**
   * Reads to the end of the answers.
   *
   * @throws PSQLException what the server says went wrong
   * @throws IOException when the stream ends too early or is not understood
   */
  void read(ScanSession.Pieces pieces) throws IOException, PSQLException {
    while (ended == null) {
      while (remaining > 0) {
        if (at == filled) {
          fill();
        }
        int there = Math.min(remaining, filled - at);
        int from = at;
        at += there;
        remaining -= there;
        pieces.piece(buffer, from, there);
      }
      next();
    }
    // What is here already came unasked after the end, and the driver will not see it.
    while (at < filled) {
      next();
    }
    if (error != null) {
      throw error;
    }
  }

  /** How the transaction stands after the answers, or empty when their end was not reached. */
  Optional<TransactionState> ended() {
    return Optional.ofNullable(ended);
  }

  /** Begins a message; takes in all of it unless it is data. */
  private void next() throws IOException, PSQLException {
    require(HEADER);
    byte type = buffer[at];
    int length = ColumnDecoder.intAt(buffer, at + 1) - Integer.BYTES;
    at += HEADER;
    if (length < 0) {
      throw new IOException("a message has a negative length");
    }
    switch (type) {
      case 'd' -> remaining = length;
      case 'E' -> error = new PSQLException(new ServerErrorMessage(text(length)));
      case 'Z' -> ended = state(text(length));
      // Copy begins, copy ends, command is complete, notice, parameter, notification.
      case 'H', 'c', 'C', 'N', 'S', 'A' -> skip(length);
      default -> throw new IOException("a message is not one that a COPY is answered with");
    }
  }

  private static TransactionState state(String mark) throws IOException {
    return switch (mark) {
      case "I" -> TransactionState.IDLE;
      case "T" -> TransactionState.OPEN;
      case "E" -> TransactionState.FAILED;
      default -> throw new IOException("the state of the transaction is unknown");
    };
  }

  private String text(int length) throws IOException, PSQLException {
    if (length > LONGEST_ERROR) {
      throw new IOException("a message is longer than any should be");
    }
    byte[] bytes = new byte[length];
    int copied = 0;
    while (copied < length) {
      if (at == filled) {
        fill();
      }
      int there = Math.min(length - copied, filled - at);
      System.arraycopy(buffer, at, bytes, copied, there);
      at += there;
      copied += there;
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private void skip(int length) throws IOException, PSQLException {
    int left = length;
    while (left > 0) {
      if (at == filled) {
        fill();
      }
      int there = Math.min(left, filled - at);
      at += there;
      left -= there;
    }
  }

  private void require(int bytes) throws IOException, PSQLException {
    while (filled - at < bytes) {
      if (at > 0) {
        System.arraycopy(buffer, at, buffer, 0, filled - at);
        filled -= at;
        at = 0;
      }
      more();
    }
  }

  private void fill() throws IOException, PSQLException {
    at = 0;
    filled = 0;
    more();
  }

  private void more() throws IOException, PSQLException {
    int read = in.read(buffer, filled, buffer.length - filled);
    if (read < 0) {
      // A server that ends a session says why before it hangs up.
      if (error != null) {
        throw error;
      }
      throw new EOFException("the server closed the connection");
    }
    filled += read;
  }
}
