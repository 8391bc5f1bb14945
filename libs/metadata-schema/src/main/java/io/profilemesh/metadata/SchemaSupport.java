package io.profilemesh.metadata;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Which version of the tables this program works on, and whether a database has it. Reads the
 * history without the migration tool: services never migrate.
 */
public final class SchemaSupport {

  /**
   * The newest version this program knows. It works on the one after it too: a migration only adds
   * to what the program before it uses.
   */
  public static final int VERSION = MigrationScripts.latest();

  /**
   * The oldest version that this program can read, though not write: a service that is newer than
   * its tables answers REST until they are migrated. It is the newest version of the release
   * before; whoever lets REST read what a later migration adds raises it.
   */
  public static final int OLDEST_READABLE = 13;

  private static final String UNDEFINED_TABLE = "42P01";

  private static final String CURRENT =
      "SELECT version::integer, success FROM "
          + Migrations.HISTORY_TABLE
          + " WHERE version IS NOT NULL ORDER BY installed_rank DESC";

  private SchemaSupport() {}

  /**
   * Whether a database can be worked with.
   *
   * @param version version found; 0: no tables of ours
   * @param problem one sentence naming the command that helps; null: supported
   * @param readable whether rows can be read, even where none may be written
   */
  public record Check(int version, @Nullable String problem, boolean readable) {

    /** Whether the database can be worked with. */
    public boolean supported() {
      return problem == null;
    }
  }

  /**
   * Compares a database with this program.
   *
   * @throws SQLException when the database cannot say
   */
  public static Check check(Connection connection) throws SQLException {
    int version = 0;
    boolean failed = false;
    try (PreparedStatement statement = connection.prepareStatement(CURRENT);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        version = Math.max(version, rows.getInt(1));
        failed |= !rows.getBoolean(2);
      }
    } catch (SQLException e) {
      if (!UNDEFINED_TABLE.equals(e.getSQLState())) {
        throw e;
      }
    }
    return judge(version, failed);
  }

  static Check judge(int version, boolean failed) {
    if (failed) {
      return new Check(
          version,
          "A migration of the metadata tables has failed half-way:"
              + " see `profilemesh migrate status`.",
          false);
    }
    if (version == 0) {
      return new Check(
          version,
          "The metadata database has no tables of ProfileMesh yet: run `profilemesh migrate"
              + " apply`.",
          false);
    }
    if (version < VERSION) {
      return new Check(
          version,
          "The metadata tables are at version %d and this program needs %d: run `profilemesh migrate apply`."
              .formatted(version, VERSION),
          version >= OLDEST_READABLE);
    }
    if (version > VERSION + 1) {
      return new Check(
          version,
          ("The metadata tables are at version %d and this program works on %d and the one after:"
                  + " run the newer ProfileMesh that ran `profilemesh migrate apply`.")
              .formatted(version, VERSION),
          false);
    }
    return new Check(version, null, true);
  }
}
