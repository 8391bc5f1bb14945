package io.profilemesh.profiler.dialect;

import java.io.IOException;
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
 * What a DuckDB file says of its last change; it speaks of all its tables together. Two headers in
 * turn count the checkpoints; what came after the last one stands in the write-ahead log.
 */
final class DuckDbChangeTokens implements ChangeTokens {

  /** File times of some systems stand still for so long. */
  private static final Duration QUIET_MARGIN = Duration.ofSeconds(2);

  private static final int HEADER_BYTES = 64;
  private static final long FIRST_HEADER = 4096;
  private static final long SECOND_HEADER = 8192;
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
        ResultSet row =
            statement.executeQuery(
                "SELECT path FROM duckdb_databases() WHERE database_name = current_database()")) {
      String file = row.next() ? row.getString(1) : null;
      return file == null ? "" : file;
    }
  }

  private static TableLook look(String file) {
    if (file.isEmpty()) {
      return TableLook.without(NO_FILE, null, null);
    }
    try {
      Path main = Path.of(file);
      Path log = Path.of(file + ".wal");
      String token =
          "duckdb1/"
              + header(main, FIRST_HEADER)
              + '.'
              + header(main, SECOND_HEADER)
              + '/'
              + DatabaseFile.sizeAndTime(main)
              + (Files.exists(log) ? '/' + DatabaseFile.sizeAndTime(log) : "");
      return TableLook.of(token, null, null);
    } catch (IOException | InvalidPathException e) {
      return TableLook.without(NO_FILE, null, null);
    }
  }

  private static String header(Path file, long from) throws IOException {
    var bytes = DatabaseFile.bytes(file, from, HEADER_BYTES);
    return HexFormat.of().formatHex(bytes.array(), 0, bytes.limit());
  }
}
