package io.profilemesh.configuration;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a source is. */
public sealed interface SourceLocation {

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
  }

  /**
   * A file, or a directory of files, that this machine can read.
   *
   * @param path absolute
   */
  record LocalFile(Path path) implements SourceLocation {

    public LocalFile {
      if (!path.isAbsolute()) {
        throw new IllegalArgumentException("the path of a source is absolute");
      }
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
