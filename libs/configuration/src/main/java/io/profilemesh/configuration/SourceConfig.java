package io.profilemesh.configuration;

import org.jspecify.annotations.Nullable;

/**
 * A registered database.
 *
 * @param password null where the database asks for none
 * @param tlsMode how the connection is protected
 * @param tlsRootCertificate file of certificates to trust, or null for the platform's own
 * @param enabled false: known, but its requests are refused
 */
public record SourceConfig(
    SourceName name,
    SourceType type,
    String host,
    int port,
    String database,
    String username,
    @Nullable Secret password,
    TlsMode tlsMode,
    @Nullable String tlsRootCertificate,
    SourceLimits limits,
    boolean enabled) {

  public SourceConfig {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a port is between 1 and 65535");
    }
  }

  /** Protection of a connection, weakest first; the names PostgreSQL gives them. */
  public enum TlsMode {
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
  }
}
