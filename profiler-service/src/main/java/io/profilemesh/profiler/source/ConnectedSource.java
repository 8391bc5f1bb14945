package io.profilemesh.profiler.source;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.profilemesh.configuration.Secret;
import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.SourceLimits;
import io.profilemesh.configuration.connection.SourceAddress;
import io.profilemesh.profiler.dialect.Dialect;
import io.profilemesh.profiler.scan.ConnectionSource;
import io.profilemesh.profiler.scan.TableScan;
import io.profilemesh.profiler.source.SourceRegistry.Engine;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;

/**
 * A source one can ask: its settings, its dialect, and a pool of validated connections that is
 * filled on demand and never larger than the source allows.
 */
public final class ConnectedSource implements ConnectionSource, AutoCloseable {

  private static final Duration IDLE = Duration.ofMinutes(2);
  private static final Duration MAX_LIFETIME = Duration.ofMinutes(30);
  private static final Duration VALIDATE_WHEN_IDLE_FOR = Duration.ofSeconds(5);
  private static final int VALIDATION_SECONDS = 5;
  private static final String CONNECTION_EXCEPTION = "08001";

  private final SourceConfig config;
  private final Dialect dialect;
  private final TableScan scan;
  private final AgroalDataSource pool;
  private volatile String reachability = "not asked yet";

  private ConnectedSource(
      SourceConfig config, Dialect dialect, TableScan scan, AgroalDataSource pool) {
    this.config = config;
    this.dialect = dialect;
    this.scan = scan;
    this.pool = pool;
  }

  /** Prepares the pool; nothing is connected yet. */
  static ConnectedSource of(
      SourceConfig config, Engine engine, SourceAddress address, Class<? extends Driver> driver)
      throws SQLException {
    SourceLimits limits = config.limits();
    AgroalDataSourceConfigurationSupplier settings = new AgroalDataSourceConfigurationSupplier();
    settings
        .connectionPoolConfiguration()
        .initialSize(0)
        .minSize(0)
        .maxSize(limits.maxConnections())
        .acquisitionTimeout(limits.connectTimeout())
        .reapTimeout(IDLE)
        .maxLifetime(MAX_LIFETIME)
        .idleValidationTimeout(VALIDATE_WHEN_IDLE_FOR)
        .flushOnClose(false)
        .exceptionSorter(ConnectedSource::isFatal)
        .connectionValidator(ConnectionValidator.defaultValidatorWithTimeout(VALIDATION_SECONDS))
        .connectionFactoryConfiguration(
            factory ->
                factory(factory, address)
                    .connectionProviderClass(driver)
                    .loginTimeout(limits.connectTimeout()));
    return new ConnectedSource(
        config, engine.dialect(), engine.scan(), AgroalDataSource.from(settings.get()));
  }

  private static AgroalConnectionFactoryConfigurationSupplier factory(
      AgroalConnectionFactoryConfigurationSupplier factory, SourceAddress address) {
    factory.jdbcUrl(address.url()).initialSql(address.initialSql()).autoCommit(true);
    address.properties().forEach(factory::jdbcProperty);
    String username = address.username();
    if (username != null) {
      factory.principal(new NamePrincipal(username));
    }
    Secret password = address.password();
    return password == null ? factory : factory.credential(new SimplePassword(password.reveal()));
  }

  /** Whether a connection is of no use after a failure: by SQLState, connection or operator. */
  private static boolean isFatal(SQLException failure) {
    String state = failure.getSQLState();
    return state == null || state.startsWith("08") || state.startsWith("57P");
  }

  public SourceConfig config() {
    return config;
  }

  public Dialect dialect() {
    return dialect;
  }

  public TableScan scan() {
    return scan;
  }

  /**
   * A validated connection.
   *
   * @throws SQLException with an SQLState of class 08 when none is to be had in time
   */
  @Override
  public Connection open() throws SQLException {
    try {
      Connection connection = pool.getConnection();
      reachability = "up";
      return connection;
    } catch (SQLException e) {
      reachability = "down";
      if (e.getSQLState() == null) {
        throw new SQLTransientConnectionException(
            "no connection within the time allowed", CONNECTION_EXCEPTION, e);
      }
      throw e;
    }
  }

  /** Whether the last connection asked for was to be had: up, down, or not asked yet. */
  public String reachability() {
    return reachability;
  }

  @Override
  public void close() {
    pool.close();
  }
}
