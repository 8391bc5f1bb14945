package io.profilemesh.profiler.source;

import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.SourceName;
import io.profilemesh.configuration.connection.Drivers;
import io.profilemesh.configuration.connection.SourceAddress;
import io.profilemesh.profiler.dialect.ChangeTokens;
import io.profilemesh.profiler.dialect.Dialect;
import io.profilemesh.profiler.dialect.MySqlVariables;
import io.profilemesh.profiler.dialect.TableDescription;
import io.profilemesh.profiler.dialect.TableFacts;
import io.profilemesh.profiler.dialect.TableRef;
import io.profilemesh.profiler.scan.TableScan;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sources of the configuration, ready to be asked. Safe for use by many threads. */
public final class SourceRegistry implements TableCatalog, AutoCloseable {

  private final Map<SourceName, ConnectedSource> sources;

  private SourceRegistry(Map<SourceName, ConnectedSource> sources) {
    this.sources = sources;
  }

  /**
   * Prepares every source; none is connected to yet, so one that is down harms nobody.
   *
   * @param engines how to speak to each source
   * @param drivers that the sources are reached by; a source without one is not registered
   */
  public static SourceRegistry of(
      ProfilerConfiguration configuration, Engines engines, Drivers drivers) {
    Map<SourceName, ConnectedSource> sources = new LinkedHashMap<>();
    for (SourceConfig config : configuration.sources().values()) {
      try {
        SourceAddress address = SourceAddress.of(config);
        Optional<Driver> driver = drivers.forUrl(address.url());
        // Only what is disabled may lack its driver: the setup is checked before.
        if (driver.isPresent()) {
          sources.put(
              config.name(),
              ConnectedSource.of(config, engines.engine(config), address, driver.get().getClass()));
        }
      } catch (SQLException e) {
        throw new IllegalStateException("a pool without connections could not be made", e);
      }
    }
    return new SourceRegistry(sources);
  }

  /** How to speak to sources. */
  @FunctionalInterface
  public interface Engines {
    Engine engine(SourceConfig source);
  }

  /** How to speak to a source and how to read it. */
  public record Engine(Dialect dialect, TableScan scan) {}

  /** The source of that name; empty when it is not registered. */
  public Optional<ConnectedSource> find(SourceName name) {
    return Optional.ofNullable(sources.get(name));
  }

  public Collection<ConnectedSource> all() {
    return sources.values();
  }

  @Override
  public Lookup<List<TableRef>> tables(SourceName source) {
    return ask(source, (connected, connection) -> connected.dialect().catalog().tables(connection));
  }

  @Override
  public Lookup<Optional<TableDescription>> describe(
      SourceName source, String schema, String table) {
    return ask(
        source,
        (connected, connection) ->
            connected.dialect().catalog().describe(connection, schema, table));
  }

  @Override
  public Lookup<TableLooks> look(SourceName source, Collection<TableRef> tables) {
    return ask(
        source,
        (connected, connection) -> {
          Dialect dialect = connected.dialect();
          Optional<ChangeTokens> tokens = dialect.changeTokens();
          return new TableLooks(
              tokens.isPresent() ? tokens.get().look(connection, tables) : Map.of(),
              tokens.map(ChangeTokens::quietMargin).orElse(Duration.ZERO),
              dialect.capabilities());
        });
  }

  /** What else a source says of a table that it has described. */
  public Lookup<TableFacts> facts(SourceName source, TableDescription table) {
    return ask(
        source, (connected, connection) -> connected.dialect().catalog().facts(connection, table));
  }

  /** Global variables of a source that is MySQL or MariaDB; unknown names are left out. */
  public Lookup<Map<String, String>> variables(SourceName source, Collection<String> names) {
    return ask(source, (connected, connection) -> MySqlVariables.read(connection, names));
  }

  private <T> Lookup<T> ask(SourceName name, Question<T> question) {
    ConnectedSource source = sources.get(name);
    if (source == null) {
      throw new IllegalArgumentException("only registered sources can be asked");
    }
    try (Connection connection = source.open()) {
      return new Lookup.Answer<>(question.ask(source, connection));
    } catch (SQLException e) {
      return new Lookup.Failure<>(source.dialect().classify(e), source.dialect().describe(e));
    }
  }

  @Override
  public void close() {
    sources.values().forEach(ConnectedSource::close);
  }

  private interface Question<T> {
    T ask(ConnectedSource source, Connection connection) throws SQLException;
  }
}
