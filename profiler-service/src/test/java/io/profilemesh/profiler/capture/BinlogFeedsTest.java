package io.profilemesh.profiler.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.profilemesh.configuration.CaptureConfig;
import io.profilemesh.configuration.ChangeRules;
import io.profilemesh.configuration.Secret;
import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.SourceLimits;
import io.profilemesh.configuration.SourceLocation;
import io.profilemesh.configuration.SourceName;
import io.profilemesh.configuration.SourceType;
import io.profilemesh.profiler.MariaDbServer;
import io.profilemesh.profiler.dialect.MySqlVariables;
import io.profilemesh.profiler.dialect.RelationKind;
import io.profilemesh.profiler.dialect.TableDescription;
import io.profilemesh.profiler.dialect.TableRef;
import io.profilemesh.profiler.source.ServerVariables;
import io.profilemesh.profiler.source.TableCatalog;
import io.profilemesh.profiler.source.TableCatalog.Lookup;
import io.profilemesh.profiler.source.TableLooks;
import io.profilemesh.schema.ReasonCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The binary log of a real MariaDB. */
@Timeout(120)
class BinlogFeedsTest {

  private static final ServerVariables ROWS =
      (source, names) -> new Lookup.Answer<>(Map.of("log_bin", "ON", "binlog_format", "ROW"));

  private static MariaDbServer server;
  private static String database;

  @BeforeAll
  static void start() throws SQLException {
    server = MariaDbServer.shared();
    database = server.createDatabase();
    execute(
        "CREATE TABLE orders (id int PRIMARY KEY)",
        "CREATE USER onlooker@'%' IDENTIFIED BY 'onlooker'",
        "GRANT SELECT ON *.* TO onlooker@'%'");
  }

  @Test
  void shouldGoOnWhereItStopped() throws Exception {
    // given: what was there before is no change
    execute("INSERT INTO orders VALUES (1)");
    BinlogFeeds feeds = feeds(server.owner(), server.ownerPassword(), server.port(), server());
    LogPosition start = feeds.prepare(Optional.empty()).start();
    execute("INSERT INTO orders VALUES (2), (3), (4)");

    // when
    RecordingSink first = new RecordingSink();
    read(feeds, start, first, 3);
    execute("UPDATE orders SET id = id + 10 WHERE id > 2", "TRUNCATE TABLE orders");
    RecordingSink second = new RecordingSink();
    read(feeds, first.positions.get(first.positions.size() - 1), second, 3);

    // then
    CapturedTable orders = new CapturedTable(database, "orders");
    assertThat(first.taken()).containsEntry(orders, new ChangeCounts(3, 0, 0, 0));
    assertThat(second.taken()).containsEntry(orders, new ChangeCounts(0, 2, 0, 1));
  }

  @Test
  void shouldBeginAnewWhenThePositionIsNotKnownOrGone() throws Exception {
    // given
    BinlogFeeds feeds = feeds(server.owner(), server.ownerPassword(), server.port(), ROWS);
    LogPosition gone = new BinlogPosition("gone.000001", 4).toPosition();
    SourceProgress known = new SourceProgress(Instant.EPOCH, "EMBEDDED", null, null, gone);

    // then
    assertThat(feeds.prepare(Optional.of(known)).gap()).isNull();
    CaptureFailure failure =
        assertThrows(
            CaptureFailure.class, () -> feeds.open(gone, new RecordingSink()).run(() -> {}));
    assertThat(failure.isGap()).isTrue();

    // when
    FeedFactory.Prepared anew = feeds.prepare(Optional.of(known.at(null)));

    // then
    assertThat(anew.gap()).isNotNull();
    assertThat(anew.start()).isNotNull();
  }

  @Test
  void shouldSayWhatIsMissing() {
    // then
    assertThat(refusal(set("log_bin", "OFF")))
        .contains("CAPTURE_LOG_DISABLED")
        .contains("set log_bin");
    assertThat(refusal(set("binlog_format", "MIXED")))
        .contains("CAPTURE_LOG_DISABLED")
        .contains("SET GLOBAL binlog_format = 'ROW'");
    assertThat(refusal(feeds("onlooker", "onlooker", server.port(), ROWS)))
        .contains("CAPTURE_NOT_PERMITTED")
        .contains("GRANT REPLICATION SLAVE");
    assertThat(refusal(feeds("onlooker", "wrong", server.port(), ROWS)))
        .contains("CAPTURE_NOT_PERMITTED")
        .contains("check its password");
    assertThat(refusal(feeds("onlooker", "onlooker", 1, ROWS))).contains("SOURCE_UNREACHABLE");
  }

  /** Reads until as many changes are kept, and the position after them. */
  private static void read(BinlogFeeds feeds, LogPosition from, RecordingSink sink, long changes)
      throws Exception {
    ChangeFeed feed = feeds.open(from, sink);
    CountDownLatch reading = new CountDownLatch(1);
    CompletableFuture<Void> ended =
        CompletableFuture.runAsync(
            () -> {
              try {
                feed.run(reading::countDown);
              } catch (CaptureFailure e) {
                throw new AssertionError(e.sentence(), e);
              }
            });
    reading.await();
    await().until(() -> sink.kept() == changes);
    feed.close();
    ended.get();
  }

  private static String refusal(BinlogFeeds feeds) {
    CaptureFailure failure =
        assertThrows(CaptureFailure.class, () -> feeds.prepare(Optional.empty()));
    return failure.code() + ": " + failure.sentence();
  }

  private static BinlogFeeds set(String variable, String value) {
    Map<String, String> set =
        Map.of(
            "log_bin", variable.equals("log_bin") ? value : "ON",
            "binlog_format", variable.equals("binlog_format") ? value : "ROW");
    return feeds(
        server.owner(),
        server.ownerPassword(),
        server.port(),
        (source, names) -> new Lookup.Answer<>(set));
  }

  /** Asks the real server. */
  private static ServerVariables server() {
    return (source, names) -> {
      try (Connection connection = server.connect(database)) {
        return new Lookup.Answer<>(MySqlVariables.read(connection, names));
      } catch (SQLException e) {
        return new Lookup.Failure<>(ReasonCode.SOURCE_UNREACHABLE, e.getMessage());
      }
    };
  }

  private static BinlogFeeds feeds(
      String user, String password, int port, ServerVariables variables) {
    SourceConfig config =
        new SourceConfig(
            new SourceName("mart"),
            SourceType.MARIADB,
            new SourceLocation.Server(
                "127.0.0.1",
                port,
                database,
                user,
                new Secret(password),
                SourceLocation.TlsMode.DISABLE,
                null),
            SourceLimits.DEFAULTS,
            true);
    ChangeRules rules =
        new ChangeRules(
            true, null, null, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofHours(24));
    CaptureScope scope =
        new CaptureScope(config, CaptureConfig.embedded(), table -> Optional.of(rules));
    return new BinlogFeeds(scope, new OneTable(), variables, "test");
  }

  private static void execute(String... statements) throws SQLException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** A catalogue of one table. */
  private static final class OneTable implements TableCatalog {

    @Override
    public Lookup<List<TableRef>> tables(SourceName source) {
      return new Lookup.Answer<>(List.of(new TableRef(database, "orders", RelationKind.TABLE)));
    }

    @Override
    public Lookup<Optional<TableDescription>> describe(
        SourceName source, String schema, String table) {
      return new Lookup.Answer<>(Optional.empty());
    }

    @Override
    public Lookup<TableLooks> look(SourceName source, Collection<TableRef> tables) {
      throw new AssertionError("capture looks at no table");
    }
  }
}
