package io.profilemesh.benchmarks;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.ValueHasher;
import io.profilemesh.core.profile.ValuePolicy;
import io.profilemesh.profiler.dialect.TableDescription;
import io.profilemesh.profiler.scan.PostgreSqlTableScan;
import io.profilemesh.profiler.scan.ScanCancellation;
import io.profilemesh.profiler.scan.ScanProgress;
import io.profilemesh.profiler.scan.ScanRequest;
import io.profilemesh.profiler.scan.ScanResult;
import io.profilemesh.stack.PostgresEndpoint;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Profiles tables over connections that stay open, as the service's pool keeps them. */
final class WarmProfiler implements AutoCloseable {

  static final ValueHasher HASHER =
      new ValueHasher(
          "a key for measurements, long enough".getBytes(StandardCharsets.UTF_8), "benchmark");

  private final PostgresEndpoint database;
  private final List<Connection> connections = new ArrayList<>();
  private final Deque<Connection> free = new ArrayDeque<>();
  private final List<Long> backends = new ArrayList<>();

  WarmProfiler(PostgresEndpoint database, int connections) throws SQLException {
    this.database = database;
    for (int i = 0; i < connections; i++) {
      Connection connection = database.connect();
      this.connections.add(connection);
      free.push(connection);
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
        row.next();
        backends.add(row.getLong(1));
      }
    }
  }

  /** Process ids of the server's side of all connections. */
  List<Long> backends() {
    return List.copyOf(backends);
  }

  ScanResult.Completed profile(String table, int ranges) throws SQLException {
    return profile(table, ranges, ValuePolicy.REDACTED);
  }

  ScanResult.Completed profile(String table, int ranges, ValuePolicy policy) throws SQLException {
    TableDescription description;
    try (Connection connection = open()) {
      description = ScanTable.describe(connection, table);
    }
    ScanResult result =
        new PostgreSqlTableScan(Clock.systemUTC())
            .scan(
                ScanRequest.of(
                        RunId.derivedFrom("benchmark"),
                        DatasetId.of(database.database(), "public", table),
                        description,
                        HASHER)
                    .connections(ranges)
                    .valuePolicies(column -> policy)
                    .build(),
                this::open,
                ScanProgress.NONE,
                new ScanCancellation());
    if (result instanceof ScanResult.Completed completed) {
      return completed;
    }
    throw new IllegalStateException("the scan did not complete: " + result);
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : connections) {
      connection.close();
    }
  }

  private synchronized Connection open() throws SQLException {
    if (free.isEmpty()) {
      throw new SQLException("no connection is free", "08000");
    }
    Connection connection = free.pop();
    return (Connection)
        Proxy.newProxyInstance(
            WarmProfiler.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                giveBack(connection);
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private synchronized void giveBack(Connection connection) {
    free.push(connection);
  }
}
