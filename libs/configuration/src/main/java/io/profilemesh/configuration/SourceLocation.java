package io.profilemesh.configuration;

import io.profilemesh.configuration.SourceType.Place;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a source is. */
public sealed interface SourceLocation {

  /** What kind of place it is. */
  Place place();

  /**
   * A database server.
   *
   * @param password null where the database asks for none
   * @param tlsMode how the connection is protected
   * @param tlsRootCertificate file of certificates to trust, or null for the platform's own
   */
  record Server(
      String host,
      int port,
      String database,
      String username,
      @Nullable Secret password,
      TlsMode tlsMode,
      @Nullable String tlsRootCertificate)
      implements SourceLocation {

    public Server {
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("a port is between 1 and 65535");
      }
    }

    @Override
    public Place place() {
      return Place.SERVER;
    }
  }

  /**
   * A database in a file that this machine can read.
   *
   * @param path absolute
   */
  record LocalFile(Path path) implements SourceLocation {

    public LocalFile {
      requireAbsolute(path);
    }

    @Override
    public Place place() {
      return Place.FILE;
    }
  }

  /**
   * Data files below a directory that this machine can read.
   *
   * @param path absolute; the directory, or a single file
   * @param tables paths or globs below the directory, by the name of the table they make
   */
  record DataFiles(Path path, Map<String, String> tables) implements SourceLocation {

    public DataFiles {
      requireAbsolute(path);
      tables = Map.copyOf(tables);
    }

    @Override
    public Place place() {
      return Place.DIRECTORY;
    }
  }

  /**
   * A database of Snowflake.
   *
   * @param account identifier, such as {@code org-account}
   * @param warehouse null for the user's own
   * @param role null for the user's own
   * @param password null when a key is given
   * @param privateKeyFile absolute, or null
   */
  record Snowflake(
      String account,
      String database,
      @Nullable String warehouse,
      @Nullable String role,
      String username,
      @Nullable Secret password,
      @Nullable Path privateKeyFile)
      implements SourceLocation {

    @Override
    public Place place() {
      return Place.SNOWFLAKE;
    }
  }

  /**
   * A project of BigQuery.
   *
   * @param location of the jobs, such as {@code EU}, or null
   * @param credentialsFile of a service account, absolute; null for what the machine may do
   */
  record BigQuery(String project, @Nullable String location, @Nullable Path credentialsFile)
      implements SourceLocation {

    @Override
    public Place place() {
      return Place.BIGQUERY;
    }
  }

  private static void requireAbsolute(Path path) {
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException("the path of a source is absolute");
    }
  }

  /** Protection of a connection, weakest first; the names PostgreSQL gives them. */
  enum TlsMode {
    DISABLE("disable"),
    PREFER("prefer"),
    REQUIRE("require"),
    VERIFY_CA("verify-ca"),
    VERIFY_FULL("verify-full");

    private final String wireName;

    TlsMode(String wireName) {
      this.wireName = wireName;
    }

    /** Name in configurations and driver properties. */
    public String wireName() {
      return wireName;
    }

    @Override
    public String toString() {
      return wireName;
    }
  }
}
