package io.profilemesh.profiler.capture;

import io.debezium.connector.postgresql.PostgresConnector;
import io.profilemesh.configuration.CaptureConfig;
import io.profilemesh.configuration.Secret;
import io.profilemesh.configuration.SourceLocation.Server;
import io.profilemesh.configuration.SourceLocation.TlsMode;
import io.profilemesh.profiler.capture.PostgreSqlPublication.Ensured;
import io.profilemesh.schema.ReasonCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** Reads PostgreSQL's log through a replication slot. */
final class PostgreSqlFeeds implements FeedFactory {

  private static final int OLDEST = 130_000;
  private static final int RELEASE_TRIES = 50;
  private static final long RELEASE_PAUSE_MILLIS = 100;
  private static final String APPLICATION = "profilemesh-capture";

  private final CaptureScope scope;
  private final String slot;
  private final String publication;
  private volatile @Nullable Connection watching;

  PostgreSqlFeeds(CaptureScope scope, String defaultName) {
    this.scope = scope;
    CaptureConfig config = scope.config();
    this.slot = Objects.requireNonNullElse(config.slot(), defaultName);
    this.publication = Objects.requireNonNullElse(config.publication(), slot);
  }

  @Override
  public Prepared prepare(Optional<SourceProgress> progress) throws CaptureFailure {
    try (Connection connection = connect()) {
      requireLogicalLog(connection);
      requireRight(connection);
      Optional<PostgreSqlSlot> present = usableSlot(connection);
      String tooMuch = tooMuch(present);
      if (tooMuch != null) {
        // Before anything else that may fail: a slot that nobody reads must not grow.
        dropSlot(connection);
      }
      PostgreSqlTables tables = PostgreSqlTables.read(connection, this::isCaptured);
      Ensured ensured = publication(connection).ensure(tables.published());
      String gap = tooMuch == null ? gap(progress, present, ensured.made()) : tooMuch;
      LogPosition start = null;
      if (present.isEmpty() || gap != null) {
        dropSlot(connection);
        requireFreeSlot(connection);
        // From here on every change is kept: whoever is asked to look at everything comes later.
        start = EnginePosition.at(PostgreSqlSlot.create(connection, slot));
      } else {
        releaseSlot(connection);
      }
      return new Prepared(
          slot,
          ensured.made() ? publication : null,
          gap,
          start,
          health(connection, tables, ensured));
    } catch (SQLException e) {
      throw PostgreSqlFailures.of(e, scope.name(), user());
    }
  }

  @Override
  public ChangeFeed open(LogPosition position, ChangeSink sink) {
    LogPosition whole = EnginePosition.at(EnginePosition.wholeTransactions(position).orElseThrow());
    return new DebeziumFeed(
        settings(), whole, sink, e -> PostgreSqlFailures.of(e, scope.name(), user()));
  }

  /** Called often by one thread, and so over a session that stays. */
  @Override
  public Health check() throws CaptureFailure {
    try {
      Connection connection = watching == null ? connect() : watching;
      watching = connection;
      PostgreSqlTables tables = PostgreSqlTables.read(connection, this::isCaptured);
      Ensured ensured = publication(connection).ensure(tables.published());
      return health(connection, tables, ensured);
    } catch (SQLException e) {
      close();
      throw PostgreSqlFailures.of(e, scope.name(), user());
    }
  }

  @Override
  public void reset() throws CaptureFailure {
    try (Connection connection = connect()) {
      dropSlot(connection);
    } catch (SQLException e) {
      throw PostgreSqlFailures.of(e, scope.name(), user());
    }
  }

  @Override
  public void remove(SourceProgress progress) throws CaptureFailure {
    try (Connection connection = connect()) {
      String made = progress.slot();
      if (made != null) {
        release(connection, made);
        PostgreSqlSlot.drop(connection, made);
      }
      String published = progress.publication();
      if (published != null) {
        new PostgreSqlPublication(connection, published, user()).drop();
      }
    } catch (SQLException e) {
      throw PostgreSqlFailures.of(e, scope.name(), user());
    }
  }

  @Override
  public void close() {
    Connection connection = watching;
    watching = null;
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // It was broken already.
      }
    }
  }

  private boolean isCaptured(CapturedTable table) {
    return scope.rules(table).isPresent();
  }

  private PostgreSqlPublication publication(Connection connection) {
    return new PostgreSqlPublication(connection, publication, user());
  }

  private void requireLogicalLog(Connection connection) throws SQLException, CaptureFailure {
    String version = PostgreSqlSlot.setting(connection, "server_version_num");
    if (version != null && Integer.parseInt(version) < OLDEST) {
      throw new CaptureFailure(
          ReasonCode.CAPTURE_LOG_DISABLED,
          "Change capture needs PostgreSQL 13 or newer: leave capture out for this source.");
    }
    String level = PostgreSqlSlot.setting(connection, "wal_level");
    if (!"logical".equals(level)) {
      throw new CaptureFailure(
          ReasonCode.CAPTURE_LOG_DISABLED,
          "The source's wal_level is '"
              + level
              + "', and capture needs 'logical': set wal_level = logical and restart the"
              + " database.");
    }
  }

  private void requireRight(Connection connection) throws SQLException, CaptureFailure {
    String right =
        "SELECT rolreplication OR rolsuper OR EXISTS (SELECT FROM pg_catalog.pg_roles m"
            + " WHERE m.rolname = 'rds_replication' AND pg_catalog.pg_has_role(m.oid, 'USAGE'))"
            + " FROM pg_catalog.pg_roles WHERE rolname = current_user";
    if (!truth(connection, right)) {
      throw new CaptureFailure(
          ReasonCode.CAPTURE_NOT_PERMITTED,
          "The user '"
              + user()
              + "' may not read the source's log: run ALTER ROLE \""
              + user()
              + "\" REPLICATION, or name another user under capture.");
    }
  }

  private Optional<PostgreSqlSlot> usableSlot(Connection connection)
      throws SQLException, CaptureFailure {
    Optional<PostgreSqlSlot> present = PostgreSqlSlot.find(connection, slot);
    if (present.isPresent() && !present.get().usable()) {
      throw new CaptureFailure(
          ReasonCode.CAPTURE_NOT_PREPARED,
          "The replication slot '"
              + slot
              + "' is one of another database or decoder: name another one under capture.slot.");
    }
    return present;
  }

  private void requireFreeSlot(Connection connection) throws SQLException, CaptureFailure {
    String free =
        "SELECT (SELECT pg_catalog.count(*) FROM pg_catalog.pg_replication_slots)"
            + " < pg_catalog.current_setting('max_replication_slots')::int";
    if (!truth(connection, free)) {
      throw new CaptureFailure(
          ReasonCode.CAPTURE_NO_SLOT,
          "The source has no replication slot left: drop one that nobody uses, or raise"
              + " max_replication_slots and restart the database.");
    }
  }

  /** Why what happened since the last position cannot be had. */
  private static @Nullable String gap(
      Optional<SourceProgress> progress, Optional<PostgreSqlSlot> slot, boolean publicationMade) {
    LogPosition position = progress.map(SourceProgress::position).orElse(null);
    if (slot.isEmpty()) {
      return position == null ? null : "The replication slot was gone, and changes with it.";
    }
    if (slot.get().lost()) {
      return "The source had thrown away log that change capture had not read yet.";
    }
    if (publicationMade) {
      return "The publication was gone, and changes with it.";
    }
    OptionalLong reached =
        position == null ? OptionalLong.empty() : EnginePosition.wholeTransactions(position);
    if (reached.isEmpty()) {
      return "How far change capture had read was not known any more.";
    }
    return slot.get().confirmed() > reached.getAsLong()
        ? "The replication slot had moved on without change capture."
        : null;
  }

  /** Why a slot cannot be kept, whatever it holds. */
  private @Nullable String tooMuch(Optional<PostgreSqlSlot> present) {
    return present
        .map(PostgreSqlSlot::lagBytes)
        .flatMap(lag -> Lag.beyond(scope.config().maxLagBytes(), lag))
        .orElse(null);
  }

  private void dropSlot(Connection connection) throws SQLException {
    releaseSlot(connection);
    PostgreSqlSlot.drop(connection, slot);
  }

  private void releaseSlot(Connection connection) throws SQLException {
    release(connection, slot);
  }

  private static void release(Connection connection, String slot) throws SQLException {
    for (int i = 0; i < RELEASE_TRIES; i++) {
      if (PostgreSqlSlot.find(connection, slot).filter(PostgreSqlSlot::active).isEmpty()) {
        return;
      }
      PostgreSqlSlot.release(connection, slot);
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RELEASE_PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Health health(Connection connection, PostgreSqlTables tables, Ensured ensured)
      throws SQLException {
    Set<CapturedTable> unseen = new HashSet<>(tables.all());
    unseen.removeAll(publication(connection).tables());
    long lag = PostgreSqlSlot.find(connection, slot).map(PostgreSqlSlot::lagBytes).orElse(-1L);
    return new Health(tables.all(), unseen, ensured.added(), lag, isUnbounded(connection));
  }

  private static boolean isUnbounded(Connection connection) throws SQLException {
    return "-1".equals(PostgreSqlSlot.setting(connection, "max_slot_wal_keep_size"));
  }

  private static boolean truth(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private String user() {
    return Objects.requireNonNullElse(scope.config().username(), scope.server().username());
  }

  private @Nullable Secret password() {
    return scope.config().username() == null
        ? scope.server().password()
        : scope.config().password();
  }

  /** A session of its own: it may write, for publication and slot. */
  private Connection connect() throws SQLException {
    Server source = scope.server();
    String host = source.host().contains(":") ? '[' + source.host() + ']' : source.host();
    Properties properties = new Properties();
    properties.setProperty("user", user());
    Secret password = password();
    if (password != null) {
      properties.setProperty("password", password.reveal());
    }
    String seconds =
        Long.toString(Math.max(1, scope.source().limits().connectTimeout().toSeconds()));
    properties.setProperty("ApplicationName", APPLICATION);
    properties.setProperty("connectTimeout", seconds);
    properties.setProperty("loginTimeout", seconds);
    properties.setProperty("socketTimeout", "60");
    properties.setProperty("sslmode", source.tlsMode().wireName());
    String certificate = source.tlsRootCertificate();
    if (certificate != null && source.tlsMode() != TlsMode.DISABLE) {
      properties.setProperty("sslrootcert", certificate);
    }
    String url =
        "jdbc:postgresql://"
            + host
            + ':'
            + source.port()
            + '/'
            + URLEncoder.encode(source.database(), StandardCharsets.UTF_8);
    Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("the driver does not know its own addresses", "08001");
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET default_transaction_read_only = off");
      statement.execute("SET lock_timeout = " + scope.source().limits().lockTimeout().toMillis());
      statement.execute("SET search_path = ''");
    }
    return connection;
  }

  private Properties settings() {
    Server source = scope.server();
    Properties all = new Properties();
    all.setProperty("name", slot);
    all.setProperty("connector.class", PostgresConnector.class.getName());
    all.setProperty("topic.prefix", slot);
    all.setProperty("database.hostname", source.host());
    all.setProperty("database.port", Integer.toString(source.port()));
    all.setProperty("database.dbname", source.database());
    all.setProperty("database.user", user());
    Secret password = password();
    all.setProperty("database.password", password == null ? "" : password.reveal());
    all.setProperty("database.sslmode", source.tlsMode().wireName());
    String certificate = source.tlsRootCertificate();
    if (certificate != null && source.tlsMode() != TlsMode.DISABLE) {
      all.setProperty("database.sslrootcert", certificate);
    }
    all.setProperty("database.ApplicationName", APPLICATION);
    all.setProperty("plugin.name", "pgoutput");
    all.setProperty("slot.name", slot);
    all.setProperty("publication.name", publication);
    // Made here, with the rights that this takes and no more.
    all.setProperty("publication.autocreate.mode", "disabled");
    all.setProperty("snapshot.mode", "no_data");
    all.setProperty("skipped.operations", "none");
    all.setProperty("tombstones.on.delete", "false");
    all.setProperty("provide.transaction.metadata", "false");
    // Whether slot and position go together is looked at before the engine is made.
    all.setProperty("offset.mismatch.strategy", "no_validation");
    all.setProperty("slot.max.retries", "0");
    heartbeat(all);
    all.setProperty("poll.interval.ms", "100");
    all.setProperty("max.batch.size", "4096");
    all.setProperty("max.queue.size", "16384");
    all.setProperty("max.queue.size.in.bytes", Integer.toString(32 << 20));
    // No column is converted: who counts rows needs none of their values.
    all.setProperty("column.exclude.list", ".*");
    return all;
  }

  /** A message in the log, which needs no table and no right to write, moves an idle slot on. */
  private void heartbeat(Properties all) {
    all.setProperty("heartbeat.interval.ms", Long.toString(scope.config().heartbeat().toMillis()));
    all.setProperty(
        "heartbeat.action.query",
        "SELECT pg_catalog.pg_logical_emit_message(false, 'profilemesh', '')");
  }
}
