package io.profilemesh.cli.migrate;

import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.ApplyResult;
import io.profilemesh.metadata.HistoryEntry;
import io.profilemesh.metadata.MigrationStatus;
import io.profilemesh.metadata.RepairReport;
import io.profilemesh.metadata.Validation;
import java.util.List;
import java.util.Map;

/**
 * The metadata tables of one database. Every method throws {@link io.profilemesh.cli.Failure} when
 * the database does not answer or refuses.
 */
public interface MetadataTables {

  /** Where the database stands. */
  MigrationStatus status();

  /** Every difference between the database and what this program expects. */
  Validation validate();

  /** Applies what is pending, or shows what would happen. */
  ApplyResult apply(ApplyOptions options);

  /** What was done to the database, in order. */
  List<HistoryEntry> history();

  /** Puts the history in order; touches no table. */
  RepairReport repair();

  /** Gives tables of the newest version a history; gives that version. */
  int baseline();

  /** Rows of every metadata table, by its name. */
  Map<String, Long> rowCounts();
}
