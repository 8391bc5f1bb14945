package io.profilemesh.benchmarks;

import io.profilemesh.stack.PostgresEndpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.postgresql.PGConnection;

/** The table as CSV through a pipe into DuckDB's SUMMARIZE. */
final class DuckDbPipe {

  private DuckDbPipe() {}

  /** Summarises all columns; answers how many there were. */
  static int summarize(PostgresEndpoint database, String table)
      throws SQLException, IOException, InterruptedException {
    Path directory = Files.createTempDirectory("duckdb");
    Path pipe = directory.resolve("rows.csv");
    try {
      if (new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() != 0) {
        throw new IOException("a named pipe cannot be made");
      }
      CompletableFuture<Void> export =
          CompletableFuture.runAsync(() -> export(database, table, pipe));
      int columns = 0;
      try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
          Statement statement = duck.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SUMMARIZE SELECT * FROM read_csv('" + pipe + "', header = true)")) {
        while (rows.next()) {
          columns++;
        }
      }
      export.join();
      return columns;
    } finally {
      Files.deleteIfExists(pipe);
      Files.delete(directory);
    }
  }

  private static void export(PostgresEndpoint database, String table, Path pipe) {
    try (Connection connection = database.connect();
        OutputStream out = Files.newOutputStream(pipe)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("COPY (SELECT * FROM " + table + ") TO STDOUT (FORMAT csv, HEADER)", out);
    } catch (SQLException | IOException e) {
      throw new CompletionException(e);
    }
  }
}
