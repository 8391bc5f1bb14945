package io.profilemesh.profiler.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stacks;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;

/** What we ask of the driver's inside, with the version in use and a real server. */
class CopyWireIT {

  private static final String MANY =
      "COPY (SELECT i, md5(i::text), repeat('x', i % 3000) FROM generate_series(1, 20000) i)"
          + " TO STDOUT (FORMAT binary)";
  private static final String FAILING =
      "COPY (SELECT 1 / (5000 - i) FROM generate_series(1, 9000) i) TO STDOUT (FORMAT binary)";
  private static final String ENDLESS =
      "COPY (SELECT repeat('x', 1000), generate_series(1, 1000000000)) TO STDOUT";

  private static PostgresEndpoint database;

  @BeforeAll
  static void openDatabase() {
    database = Stacks.shared().createDatabase("wire");
  }

  @Test
  void shouldFindTheStreamOfThisDriver() throws Exception {
    // given
    try (Connection connection = begin()) {
      // when
      DriverStream stream = DriverStream.of(postgres(connection)).orElseThrow();

      // then
      assertThat(stream.isQuiet()).isTrue();
      connection.rollback();
      assertThat(stream.isQuiet()).isFalse();
    }
  }

  @Test
  void shouldReadTheSameBytesAsTheDriverAndLeaveItTheConnection() throws Exception {
    // given
    try (Connection connection = begin()) {
      ByteArrayOutputStream byDriver = new ByteArrayOutputStream();
      postgres(connection).getCopyAPI().copyOut(MANY, byDriver);
      for (int i = 0; i < 3; i++) {
        // when
        ByteArrayOutputStream byUs = new ByteArrayOutputStream();
        new CopyWire(postgres(connection)).copy(MANY, byUs::write);

        // then
        assertThat(byUs.toByteArray()).isEqualTo(byDriver.toByteArray());
        assertUsable(connection);
      }
    }
  }

  @Test
  void shouldTellErrorsByTheirStateAndLeaveTheConnectionUsable() throws Exception {
    // given
    try (Connection connection = begin()) {
      CopyWire wire = new CopyWire(postgres(connection));

      // when, then
      assertThatThrownBy(() -> wire.copy(FAILING, (data, offset, length) -> {}))
          .isInstanceOfSatisfying(
              PSQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22012"));
      assertThatThrownBy(() -> assertUsable(connection))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25P02"));
      connection.rollback();
      assertUsable(connection);
    }
  }

  @Test
  void shouldEndTheStatementWhenTheReceiverThrows() throws Exception {
    // given
    try (Connection connection = begin()) {
      CopyWire wire = new CopyWire(postgres(connection));

      // when, then
      assertThatThrownBy(
              () ->
                  wire.copy(
                      ENDLESS,
                      (data, offset, length) -> {
                        throw new ScanCancelledException();
                      }))
          .isInstanceOf(ScanCancelledException.class);
      Awaitility.await().until(() -> copies() == 0);
      assertThat(connection.isClosed() || !connection.isValid(1)).isTrue();
    }
  }

  @Test
  void shouldCloseTheConnectionWhenTheServerEndsIt() throws Exception {
    // given
    try (Connection connection = begin()) {
      int pid = number(connection, "SELECT pg_backend_pid()");
      CopyWire wire = new CopyWire(postgres(connection));
      boolean[] asked = new boolean[1];

      // when, then
      assertThatThrownBy(
              () ->
                  wire.copy(
                      ENDLESS,
                      (data, offset, length) -> {
                        if (!asked[0]) {
                          asked[0] = true;
                          terminate(pid);
                        }
                      }))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).matches("57P01|08.*"));
      assertThatThrownBy(connection::rollback)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
    }
  }

  private static int copies() throws SQLException {
    try (Connection other = database.connect()) {
      return number(
          other,
          "SELECT count(*)::int FROM pg_stat_activity WHERE state = 'active'"
              + " AND datname = current_database() AND query LIKE 'COPY%'");
    }
  }

  private static void terminate(int pid) {
    try (Connection other = database.connect()) {
      number(other, "SELECT pg_terminate_backend(" + pid + ")::int");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertUsable(Connection connection) throws SQLException {
    assertThat(number(connection, "SELECT 41 + 1")).isEqualTo(42);
  }

  private static int number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static PGConnection postgres(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class);
  }

  /** A connection with an open transaction. */
  private static Connection begin() throws SQLException {
    Connection connection = database.connect();
    connection.setAutoCommit(false);
    assertUsable(connection);
    return connection;
  }
}
