package io.profilemesh.profiler.dialect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * What a SQLite file says of its last change; it speaks of all its tables together.
 *
 * <p>{@code PRAGMA data_version} does not move from one connection to the next, so the files
 * themselves are asked. Without a write-ahead log, the change counter of the header moves with
 * every transaction. With one, the log's size does not move when its space is used again, and its
 * time may not move between two transactions: the log's index counts them.
 */
final class SqliteChangeTokens implements ChangeTokens {

  /** File times of some systems stand still for so long. */
  private static final Duration QUIET_MARGIN = Duration.ofSeconds(2);

  private static final int HEADER_BYTES = 100;
  private static final int CHANGE_COUNTER = 24;
  private static final int SCHEMA_COOKIE = 40;
  private static final int LOG_HEADER_BYTES = 32;
  private static final int INDEX_HEADER_BYTES = 48;
  private static final String NO_FILE = "The database is no file that can be looked at here.";

  @Override
  public Duration quietMargin() {
    return QUIET_MARGIN;
  }

  @Override
  public Map<TableRef, TableLook> look(Connection connection, Collection<TableRef> tables)
      throws SQLException {
    TableLook look = look(file(connection));
    Map<TableRef, TableLook> looks = new HashMap<>();
    for (TableRef table : tables) {
      looks.put(table, look);
    }
    return looks;
  }

  private static String file(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA database_list")) {
      while (row.next()) {
        if (row.getString(2).equals("main")) {
          String file = row.getString(3);
          return file == null ? "" : file;
        }
      }
      return "";
    }
  }

  private static TableLook look(String file) {
    if (file.isEmpty()) {
      return TableLook.without(NO_FILE, null, null);
    }
    try {
      Path main = Path.of(file);
      ByteBuffer header = DatabaseFile.bytes(main, 0, HEADER_BYTES);
      if (header.limit() < HEADER_BYTES) {
        return TableLook.without(NO_FILE, null, null);
      }
      String token =
          "sqlite1/"
              + Integer.toUnsignedString(header.getInt(CHANGE_COUNTER))
              + '.'
              + Integer.toUnsignedString(header.getInt(SCHEMA_COOKIE))
              + '/'
              + DatabaseFile.sizeAndTime(main)
              + log(Path.of(file + "-wal"), Path.of(file + "-shm"));
      return TableLook.of(token, null, null);
    } catch (IOException | InvalidPathException e) {
      return TableLook.without(NO_FILE, null, null);
    }
  }

  private static String log(Path log, Path index) throws IOException {
    if (!Files.exists(log) || Files.size(log) == 0) {
      return "";
    }
    String counted =
        Files.exists(index) ? hex(DatabaseFile.bytes(index, 0, INDEX_HEADER_BYTES)) : "";
    return '/'
        + hex(DatabaseFile.bytes(log, 0, LOG_HEADER_BYTES))
        + '/'
        + DatabaseFile.sizeAndTime(log)
        + '/'
        + counted;
  }

  private static String hex(ByteBuffer bytes) {
    return HexFormat.of().formatHex(bytes.array(), 0, bytes.limit());
  }
}
