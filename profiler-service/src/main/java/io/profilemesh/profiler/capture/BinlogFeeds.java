package io.profilemesh.profiler.capture;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.network.SSLMode;
import io.profilemesh.configuration.Secret;
import io.profilemesh.configuration.SourceLocation.Server;
import io.profilemesh.configuration.SourceLocation.TlsMode;
import io.profilemesh.profiler.source.ServerVariables;
import io.profilemesh.profiler.source.TableCatalog;
import io.profilemesh.profiler.source.TableCatalog.Lookup;
import io.profilemesh.schema.ReasonCode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Reads the binary log of MariaDB and MySQL, as a replica would. */
final class BinlogFeeds implements FeedFactory {

  /** Ids below are for people to give to their own replicas. */
  private static final long FIRST_SERVER_ID = 1L << 30;

  private final CaptureScope scope;
  private final CatalogTables tables;
  private final ServerVariables variables;
  private final String mesh;

  /**
   * @param mesh tells this mesh from others that read the same server
   */
  BinlogFeeds(CaptureScope scope, TableCatalog catalog, ServerVariables variables, String mesh) {
    this.scope = scope;
    this.tables = new CatalogTables(scope, catalog);
    this.variables = variables;
    this.mesh = mesh;
  }

  @Override
  public Prepared prepare(Optional<SourceProgress> progress) throws CaptureFailure {
    Optional<BinlogPosition> position =
        BinlogPosition.of(progress.map(SourceProgress::position).orElse(null));
    boolean lost = progress.isPresent() && position.isEmpty();
    String gap = lost ? "How far change capture had read was not known any more." : null;
    Health health = check();
    requireLogOfRows();
    LogPosition start = position.isPresent() ? null : end().toPosition();
    return new Prepared(null, null, gap, start, health);
  }

  private void requireLogOfRows() throws CaptureFailure {
    Lookup<Map<String, String>> lookup =
        variables.of(scope.source().name(), List.of("log_bin", "binlog_format"));
    if (lookup instanceof Lookup.Failure<Map<String, String>> failure) {
      throw new CaptureFailure(failure.code(), failure.message());
    }
    Map<String, String> set = ((Lookup.Answer<Map<String, String>>) lookup).value();
    if (!"ON".equals(set.get("log_bin"))) {
      throw new CaptureFailure(
          ReasonCode.CAPTURE_LOG_DISABLED,
          "The source writes no binary log: set log_bin and binlog_format = ROW, and restart the"
              + " database.");
    }
    if (!"ROW".equals(set.get("binlog_format"))) {
      throw new CaptureFailure(
          ReasonCode.CAPTURE_LOG_DISABLED,
          "The source's binlog_format is '"
              + set.get("binlog_format")
              + "', and capture needs 'ROW': run SET GLOBAL binlog_format = 'ROW', and set it in"
              + " the server's configuration.");
    }
  }

  /** The end of the log as of now, which lies between transactions. */
  private BinlogPosition end() throws CaptureFailure {
    AtomicReference<BinlogPosition> end = new AtomicReference<>();
    BinaryLogClient client = client();
    client.registerLifecycleListener(
        new BinaryLogClient.AbstractLifecycleListener() {
          @Override
          public void onConnect(BinaryLogClient connected) {
            end.set(
                new BinlogPosition(connected.getBinlogFilename(), connected.getBinlogPosition()));
            BinlogFeed.disconnect(connected);
          }
        });
    try {
      client.connect();
    } catch (IOException | RuntimeException e) {
      if (end.get() == null) {
        throw BinlogFeed.failed(e, user());
      }
    }
    BinlogPosition found = end.get();
    if (found == null) {
      throw BinlogFeed.failed(new IOException("the server ended the connection"), user());
    }
    return found;
  }

  @Override
  public ChangeFeed open(LogPosition position, ChangeSink sink) {
    BinaryLogClient client = client();
    BinlogPosition from = BinlogPosition.of(position).orElseThrow();
    client.setBinlogFilename(from.file());
    client.setBinlogPosition(from.offset());
    return new BinlogFeed(client, sink, user());
  }

  private String user() {
    return Objects.requireNonNullElse(scope.config().username(), scope.server().username());
  }

  private BinaryLogClient client() {
    Server server = scope.server();
    Secret secret =
        scope.config().username() == null ? server.password() : scope.config().password();
    BinaryLogClient client =
        new BinaryLogClient(
            server.host(),
            server.port(),
            server.database(),
            user(),
            secret == null ? "" : secret.reveal());
    client.setServerId(serverId());
    client.setSSLMode(sslMode(server.tlsMode()));
    client.setConnectTimeout(scope.source().limits().connectTimeout().toMillis());
    // Reconnecting is the supervisor's, after a look at the source.
    client.setKeepAlive(false);
    return client;
  }

  /** A server refuses two replicas of one id; the same source of the same mesh has the same. */
  private long serverId() {
    return FIRST_SERVER_ID + Math.floorMod((mesh + '/' + scope.name()).hashCode(), FIRST_SERVER_ID);
  }

  private static SSLMode sslMode(TlsMode mode) {
    return switch (mode) {
      case DISABLE -> SSLMode.DISABLED;
      case PREFER -> SSLMode.PREFERRED;
      case REQUIRE -> SSLMode.REQUIRED;
      case VERIFY_CA -> SSLMode.VERIFY_CA;
      case VERIFY_FULL -> SSLMode.VERIFY_IDENTITY;
    };
  }

  @Override
  public Health check() throws CaptureFailure {
    return tables.health();
  }

  /** A replica leaves nothing behind in the source. */
  @Override
  public void remove(SourceProgress progress) {}

  @Override
  public void reset() {}

  @Override
  public void close() {}
}
