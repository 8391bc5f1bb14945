package io.profilemesh.cli.export;

import java.nio.file.Path;
import java.util.List;

/** Writes metadata tables as files. */
@FunctionalInterface
public interface TableExport {

  /**
   * Writes tables, all as of one moment; a file is complete or not there.
   *
   * @param tables names; empty: all but those that hold secrets
   * @throws io.profilemesh.cli.Failure when a table is unknown, or the database or the disk fails
   */
  List<ExportedTable> write(
      List<String> tables, ExportFormat format, Path directory, Listener listener);

  /** Hears of tables while they are written. */
  @FunctionalInterface
  interface Listener {

    /** A table is begun, after so many of all. */
    void writing(String table, int done, int total);
  }
}
