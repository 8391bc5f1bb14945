package io.profilemesh.profiler.scan;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * Streams the result of a COPY over a connection of the driver: by our own reading of its stream
 * where that is to be had, else by the driver's, which makes an array of every row. Not safe for
 * several threads.
 */
final class CopyWire {

  private final PGConnection connection;

  CopyWire(PGConnection connection) {
    this.connection = connection;
  }

  /**
   * Streams a COPY inside the open transaction. When the receiver throws, the statement is ended in
   * the source, and the connection may be closed.
   */
  void copy(String sql, ScanSession.Pieces pieces) throws SQLException {
    Optional<DriverStream> stream = DriverStream.of(connection);
    if (stream.isPresent() && isQuiet(stream.get())) {
      copy(stream.get(), sql, pieces);
    } else {
      copyByDriver(sql, pieces);
    }
  }

  private void copy(DriverStream stream, String sql, ScanSession.Pieces pieces)
      throws SQLException {
    CopyAnswers answers;
    try {
      stream.query(sql);
      answers = new CopyAnswers(stream.answers());
    } catch (IOException e) {
      stream.abandon();
      throw broken(e);
    }
    try {
      answers.read(pieces);
    } catch (IOException e) {
      stream.abandon();
      throw broken(e);
    } catch (RuntimeException e) {
      cancel();
      throw e;
    } finally {
      // The driver finds its connection between two statements, or closed.
      answers.ended().ifPresentOrElse(stream::ended, stream::abandon);
    }
  }

  /** Ends the statement at once; it would end by itself at the next row it cannot send. */
  private void cancel() {
    try {
      connection.cancelQuery();
    } catch (SQLException e) {
      return;
    }
  }

  private void copyByDriver(String sql, ScanSession.Pieces pieces) throws SQLException {
    CopyOut copy = connection.getCopyAPI().copyOut(sql);
    try {
      for (byte[] data = copy.readFromCopy(); data != null; data = copy.readFromCopy()) {
        pieces.piece(data, 0, data.length);
      }
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static boolean isQuiet(DriverStream stream) throws SQLException {
    try {
      return stream.isQuiet();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private static PSQLException broken(IOException cause) {
    return new PSQLException(
        "The connection to the source broke.", PSQLState.CONNECTION_FAILURE, cause);
  }
}
