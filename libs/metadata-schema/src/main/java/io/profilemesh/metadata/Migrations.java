package io.profilemesh.metadata;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateOutput;
import org.flywaydb.core.api.output.MigrateResult;
import org.jspecify.annotations.Nullable;

/**
 * The migrations of one metadata database: where it stands, whether it is as expected, and the way
 * forward. There is no way back but a backup. Two applies at once: one waits for the other.
 *
 * <p>Every method throws {@link DatabaseUnavailableException} when the database cannot be reached.
 * Instances keep no connection and may be used from several threads.
 */
public final class Migrations {

  /** Where Flyway remembers what it did. */
  static final String HISTORY_TABLE = "profilemesh_schema_history";

  private static final String VERSION_VIEW = "__create_schema_version_view.sql";

  /** How long a second apply waits for the first, in tries of a second. */
  private static final int LOCK_TRIES = 600;

  /**
   * Flyway writes to whatever log it finds; all of them end in this one here. Kept, because a
   * logger that nobody holds forgets its level.
   */
  private static final Logger FLYWAY_LOG = Logger.getLogger("org.flywaydb");

  static {
    // What Flyway did comes back as a value.
    FLYWAY_LOG.setLevel(Level.OFF);
  }

  private final MetadataDatabase database;
  private final ScriptResources scripts;

  Migrations(MetadataDatabase database, ScriptResources scripts) {
    this.database = database;
    this.scripts = scripts;
  }

  /** The migrations of the database at a {@code jdbc:postgresql:} address. */
  public static Migrations of(
      String jdbcUrl, @Nullable String username, @Nullable String password) {
    return new Migrations(
        new MetadataDatabase(jdbcUrl, username, password), ScriptResources.ofThisVersion());
  }

  /** Where the database stands. */
  public MigrationStatus status() {
    database.openAndClose();
    List<Migration> migrations = new ArrayList<>();
    int current = 0;
    int baseline = 0;
    for (MigrationInfo info : flyway(null).info().all()) {
      if (info.getVersion() != null) {
        Migration migration = describe(info);
        if (info.isApplied() && !info.getState().isFailed()) {
          current = Math.max(current, migration.version());
        }
        // A baseline is no migration of its own: it speaks for those up to its version.
        if (info.getState() == MigrationState.BASELINE) {
          baseline = Math.max(baseline, migration.version());
        } else {
          migrations.add(migration);
        }
      }
    }
    int covered = baseline;
    migrations.replaceAll(migration -> migration.coveredBy(covered));
    return new MigrationStatus(current, latest(), migrations);
  }

  /** Every difference between the database and what this program expects. */
  public Validation validate() {
    MigrationStatus status = status();
    List<Validation.Difference> differences = new ArrayList<>(Differences.ofHistory(status));
    if (status.current() == status.latest()) {
      try (Connection connection = database.open()) {
        differences.addAll(Differences.ofShape(ExpectedShape.read(), DatabaseShape.of(connection)));
      } catch (SQLException e) {
        throw failure(e);
      }
    }
    return new Validation(differences);
  }

  /**
   * Applies what is pending, each migration in a transaction of its own.
   *
   * @throws MigrationRefusedException when the database is not in a state to go forward from, or a
   *     migration fails; those before it stay
   */
  public ApplyResult apply(ApplyOptions options) {
    MigrationStatus status = status();
    refuseUnlessForward(status, options.target());
    if (options.dryRun()) {
      return rehearse(status, options.target());
    }
    try {
      return result(status, flyway(options.target()).migrate());
    } catch (FlywayException e) {
      throw refusal(e);
    }
  }

  /** What was done to the database, in order. */
  public List<HistoryEntry> history() {
    try (Connection connection = database.open()) {
      return History.read(connection);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /**
   * Puts the history in order: forgets migrations that failed, so that they can be applied again,
   * and takes the checksums of this program's files for right. Touches no table.
   *
   * @throws MigrationRefusedException when a newer program has been at work
   */
  public RepairReport repair() {
    MigrationStatus status = status();
    refuseNewer(status);
    List<String> removed = scriptsIn(status, Migration.State.FAILED);
    List<String> aligned = scriptsIn(status, Migration.State.CHANGED);
    try {
      flyway(null).repair();
      return new RepairReport(aligned, removed);
    } catch (FlywayException e) {
      throw refusal(e);
    }
  }

  /**
   * Takes the tables for those of the newest version, where they are but their history is not, such
   * as after a restore of the tables alone.
   *
   * @throws MigrationRefusedException when there is a history, or the tables are not exactly those
   */
  public void baseline() {
    MigrationStatus status = status();
    try (Connection connection = database.open()) {
      if (!History.read(connection).isEmpty()) {
        throw new MigrationRefusedException(
            "The database has a history, at version %d: see `profilemesh migrate status`."
                .formatted(status.current()));
      }
      List<Validation.Difference> differences =
          Differences.ofShape(
              withoutVersionView(ExpectedShape.read()),
              withoutVersionView(DatabaseShape.of(connection)));
      if (!differences.isEmpty()) {
        throw new MigrationRefusedException(
            "The tables are not those of version %d: %s (%d differences)."
                .formatted(latest(), differences.get(0).message(), differences.size()));
      }
    } catch (SQLException e) {
      throw failure(e);
    }
    try {
      configuration(null)
          .baselineVersion(Integer.toString(latest()))
          .baselineDescription("taken for version " + latest())
          .load()
          .baseline();
    } catch (FlywayException e) {
      throw refusal(e);
    }
    makeVersionView();
  }

  /** It stands on the history, so it cannot be there without one. */
  private void makeVersionView() {
    try (Connection connection = database.open()) {
      connection.setAutoCommit(false);
      for (ScriptResources.Script script : scripts.scripts()) {
        if (script.name().endsWith(VERSION_VIEW)) {
          try (Statement statement = connection.createStatement()) {
            statement.execute(script.sql());
          }
        }
      }
      connection.commit();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private static SortedMap<String, String> withoutVersionView(SortedMap<String, String> shape) {
    shape.keySet().removeIf(name -> name.contains("profilemesh_schema_version"));
    return shape;
  }

  private void refuseNewer(MigrationStatus status) {
    if (status.current() > status.latest()) {
      throw new MigrationRefusedException(
          ("The database is at version %d and this program knows up to %d. There is no way back:"
                  + " use the newer program, or restore the backup taken before the upgrade.")
              .formatted(status.current(), status.latest()));
    }
  }

  private static List<String> scriptsIn(MigrationStatus status, Migration.State state) {
    return status.in(state).stream().map(Migration::script).toList();
  }

  private void refuseUnlessForward(MigrationStatus status, @Nullable Integer target) {
    refuseNewer(status);
    if (target != null && target > status.latest()) {
      throw new MigrationRefusedException(
          "There is no version %d; the newest is %d.".formatted(target, status.latest()));
    }
    if (target != null && target < status.current()) {
      throw new MigrationRefusedException(
          ("The database is at version %d; going back to %d is not possible. The program of the"
               + " version before works on the newer tables; to undo them, restore the backup taken"
               + " before the upgrade (docs/migrations.md).")
              .formatted(status.current(), target));
    }
    for (Validation.Difference difference : Differences.ofHistory(status)) {
      if (difference.kind() != Validation.Kind.PENDING_MIGRATION) {
        throw new MigrationRefusedException(difference.message());
      }
    }
  }

  private ApplyResult rehearse(MigrationStatus status, @Nullable Integer target) {
    int end = target == null ? status.latest() : target;
    List<ScriptResources.Script> pending =
        scripts.scripts().stream()
            .filter(script -> script.version() > status.current() && script.version() <= end)
            .toList();
    try (Connection connection = database.open()) {
      return new ApplyResult(status.current(), end, true, Rehearsal.run(connection, pending));
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private ApplyResult result(MigrationStatus before, MigrateResult done) {
    List<ApplyResult.Step> steps = new ArrayList<>();
    int after = before.current();
    for (MigrateOutput output : done.migrations) {
      int version = Integer.parseInt(output.version);
      after = Math.max(after, version);
      ScriptResources.Script script = scripts.scripts().get(version - 1);
      steps.add(
          new ApplyResult.Step(
              version, script.name(), script.sql(), output.executionTime, List.of()));
    }
    return new ApplyResult(before.current(), after, false, steps);
  }

  private Flyway flyway(@Nullable Integer target) {
    return configuration(target).load();
  }

  private FluentConfiguration configuration(@Nullable Integer target) {
    FluentConfiguration configuration =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(database)
            .table(HISTORY_TABLE)
            .resourceProvider(scripts)
            .javaMigrationClassProvider(List::of)
            .lockRetryCount(LOCK_TRIES)
            .connectRetries(0)
            .createSchemas(false)
            .validateMigrationNaming(true);
    if (target != null) {
      configuration.target(MigrationVersion.fromVersion(Integer.toString(target)));
    }
    return configuration;
  }

  private int latest() {
    return scripts.scripts().size();
  }

  private static Migration describe(MigrationInfo info) {
    return new Migration(
        Integer.parseInt(info.getVersion().getVersion()),
        info.getDescription(),
        info.getScript(),
        state(info),
        appliedAt(info),
        info.isApplied() ? info.getAppliedChecksum() : null);
  }

  /**
   * The history has wall-clock times of UTC sessions; the driver reads them in this machine's zone.
   */
  private static @Nullable Instant appliedAt(MigrationInfo info) {
    return info.getInstalledOn() == null
        ? null
        : info.getInstalledOn()
            .toInstant()
            .atZone(ZoneId.systemDefault())
            .toLocalDateTime()
            .toInstant(ZoneOffset.UTC);
  }

  private static Migration.State state(MigrationInfo info) {
    MigrationState state = info.getState();
    if (state.isFailed()) {
      return Migration.State.FAILED;
    }
    if (!state.isApplied()) {
      return Migration.State.PENDING;
    }
    if (!state.isResolved()) {
      return Migration.State.UNKNOWN;
    }
    return info.isChecksumMatching() ? Migration.State.APPLIED : Migration.State.CHANGED;
  }

  private RuntimeException refusal(FlywayException e) {
    SQLException cause = sqlCause(e);
    if (cause != null) {
      return failure(cause);
    }
    if (String.valueOf(e.getMessage()).contains("non-empty schema")) {
      return new MigrationRefusedException(
          "The database already has tables of something else: give ProfileMesh a database of its"
              + " own, or a schema of its own with ?currentSchema=NAME in the address.");
    }
    return new MigrationRefusedException(
        "Nothing was applied: " + MetadataDatabase.firstLine(e) + '.');
  }

  private RuntimeException failure(SQLException e) {
    return MetadataDatabase.isUnavailable(e)
        ? database.unavailable(e)
        : new MigrationRefusedException(
            "The database refused a migration, which was rolled back: %s (SQLSTATE %s)."
                .formatted(MetadataDatabase.firstLine(e), e.getSQLState()));
  }

  private static @Nullable SQLException sqlCause(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
