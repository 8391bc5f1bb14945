package io.profilemesh.profiler.capture;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.network.SSLMode;
import io.profilemesh.configuration.Secret;
import io.profilemesh.configuration.SourceLocation.Server;
import io.profilemesh.configuration.SourceLocation.TlsMode;
import io.profilemesh.profiler.source.TableCatalog;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the binary log of MariaDB and MySQL, as a replica would. */
final class BinlogFeeds implements FeedFactory {

  /** Ids below are for people to give to their own replicas. */
  private static final long FIRST_SERVER_ID = 1L << 30;

  private final CaptureScope scope;
  private final CatalogTables tables;
  private final String mesh;

  /**
   * @param mesh tells this mesh from others that read the same server
   */
  BinlogFeeds(CaptureScope scope, TableCatalog catalog, String mesh) {
    this.scope = scope;
    this.tables = new CatalogTables(scope, catalog);
    this.mesh = mesh;
  }

  @Override
  public Prepared prepare(Optional<SourceProgress> progress) throws CaptureFailure {
    LogPosition position = progress.map(SourceProgress::position).orElse(null);
    boolean lost = position != null && BinlogPosition.of(position).isEmpty();
    String gap = lost ? "How far change capture had read was not known any more." : null;
    return new Prepared(null, null, gap, check());
  }

  @Override
  public ChangeFeed open(@Nullable LogPosition position, ChangeSink sink) {
    Server server = scope.server();
    String user = Objects.requireNonNullElse(scope.config().username(), server.username());
    Secret secret =
        scope.config().username() == null ? server.password() : scope.config().password();
    BinaryLogClient client =
        new BinaryLogClient(
            server.host(),
            server.port(),
            server.database(),
            user,
            secret == null ? "" : secret.reveal());
    client.setServerId(serverId());
    client.setSSLMode(sslMode(server.tlsMode()));
    client.setConnectTimeout(scope.source().limits().connectTimeout().toMillis());
    BinlogPosition.of(position)
        .ifPresent(
            from -> {
              client.setBinlogFilename(from.file());
              client.setBinlogPosition(from.offset());
            });
    return new BinlogFeed(client, sink, user);
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
