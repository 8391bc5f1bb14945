package io.profilemesh.query.session;

import io.profilemesh.metadata.access.Grant;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** People and their sessions in the tables, on a connection whose transaction the caller ends. */
final class People {

  private static final String PERSON =
      "SELECT u.*, (SELECT array_agg(g.role || ':' || g.source_pattern || '/' || g.schema_pattern)"
          + " FROM profilemesh_grants g WHERE g.user_id = u.user_id) AS grants";

  private static final String BY_SESSION =
      PERSON
          + ", s.session_id, s.last_used_at FROM profilemesh_sessions s"
          + " JOIN profilemesh_users u USING (user_id) WHERE s.token_hash = ?"
          + " AND s.revoked_at IS NULL AND s.expires_at > ? AND s.last_used_at > ? AND u.active";

  private People() {}

  /** A session that holds. */
  record Session(UUID id, Person person, Instant lastUsedAt) {}

  /** A person as others describe them; null leaves a thing as it is. */
  record Change(
      @Nullable String displayName,
      @Nullable String email,
      @Nullable String passwordHash,
      @Nullable Boolean active,
      @Nullable List<Grant> grants) {}

  static Optional<Person> named(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(PERSON + " FROM profilemesh_users u WHERE u.name = ?")) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(person(rows)) : Optional.empty();
      }
    }
  }

  /** The session of a secret, when it has neither ended nor been left alone for too long. */
  static Optional<Session> session(
      Connection connection, byte[] tokenHash, Instant now, Instant idleSince) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BY_SESSION)) {
      statement.setBytes(1, tokenHash);
      statement.setTimestamp(2, Timestamp.from(now));
      statement.setTimestamp(3, Timestamp.from(idleSince));
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new Session(
                    rows.getObject("session_id", UUID.class),
                    person(rows),
                    rows.getTimestamp("last_used_at").toInstant()))
            : Optional.empty();
      }
    }
  }

  /** Enters somebody; false: the name is taken. */
  static boolean enter(
      Connection connection, UUID id, String name, Change change, String by, Instant now)
      throws SQLException {
    String sql =
        "INSERT INTO profilemesh_users (user_id, name, display_name, email, password_hash, active,"
            + " created_at, created_by, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (name) DO NOTHING";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id);
      statement.setString(2, name);
      statement.setString(3, change.displayName());
      statement.setString(4, change.email());
      statement.setString(5, change.passwordHash());
      statement.setBoolean(6, !Boolean.FALSE.equals(change.active()));
      statement.setTimestamp(7, Timestamp.from(now));
      statement.setString(8, by);
      statement.setTimestamp(9, Timestamp.from(now));
      if (statement.executeUpdate() == 0) {
        return false;
      }
    }
    grant(connection, id, change.grants());
    return true;
  }

  /** Changes somebody; whoever is no longer active, or has a new password, is signed out. */
  static void change(Connection connection, UUID id, Change change, String by, Instant now)
      throws SQLException {
    String sql =
        "UPDATE profilemesh_users SET display_name = COALESCE(?, display_name),"
            + " email = COALESCE(?, email), password_hash = COALESCE(?, password_hash),"
            + " active = COALESCE(?, active), failed_sign_ins = CASE WHEN ? THEN 0 ELSE"
            + " failed_sign_ins END, locked_until = CASE WHEN ? THEN NULL ELSE locked_until END,"
            + " updated_at = ? WHERE user_id = ?";
    boolean newPassword = change.passwordHash() != null;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, change.displayName());
      statement.setString(2, change.email());
      statement.setString(3, change.passwordHash());
      statement.setObject(4, change.active(), java.sql.Types.BOOLEAN);
      statement.setBoolean(5, newPassword);
      statement.setBoolean(6, newPassword);
      statement.setTimestamp(7, Timestamp.from(now));
      statement.setObject(8, id);
      statement.executeUpdate();
    }
    grant(connection, id, change.grants());
    if (newPassword || Boolean.FALSE.equals(change.active())) {
      endAll(connection, id, by, now);
    }
  }

  private static void grant(Connection connection, UUID id, @Nullable List<Grant> grants)
      throws SQLException {
    if (grants == null) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM profilemesh_grants WHERE user_id = ?")) {
      statement.setObject(1, id);
      statement.executeUpdate();
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO profilemesh_grants (user_id, role, source_pattern, schema_pattern)"
                + " VALUES (?, ?, ?, ?)")) {
      for (Grant grant : grants) {
        statement.setObject(1, id);
        statement.setString(2, grant.role().word());
        statement.setString(3, grant.source().text());
        statement.setString(4, grant.schema().text());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** Notes a wrong password, and until when there is no further try. */
  static void failed(Connection connection, UUID id, @Nullable Instant lockedUntil)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE profilemesh_users SET failed_sign_ins = failed_sign_ins + 1, locked_until = ?"
                + " WHERE user_id = ?")) {
      statement.setTimestamp(1, lockedUntil == null ? null : Timestamp.from(lockedUntil));
      statement.setObject(2, id);
      statement.executeUpdate();
    }
  }

  /** Notes a sign-in and begins a session. */
  static void begin(
      Connection connection,
      UUID person,
      byte[] tokenHash,
      Instant now,
      Instant end,
      @Nullable String address,
      @Nullable String userAgent)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE profilemesh_users SET failed_sign_ins = 0, locked_until = NULL,"
                + " last_sign_in_at = ? WHERE user_id = ?")) {
      statement.setTimestamp(1, Timestamp.from(now));
      statement.setObject(2, person);
      statement.executeUpdate();
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO profilemesh_sessions (session_id, token_hash, user_id, created_at,"
                + " expires_at, last_used_at, address, user_agent)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      statement.setObject(1, UUID.randomUUID());
      statement.setBytes(2, tokenHash);
      statement.setObject(3, person);
      statement.setTimestamp(4, Timestamp.from(now));
      statement.setTimestamp(5, Timestamp.from(end));
      statement.setTimestamp(6, Timestamp.from(now));
      statement.setString(7, address);
      statement.setString(8, userAgent);
      statement.executeUpdate();
    }
  }

  static void used(Connection connection, UUID session, Instant now) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE profilemesh_sessions SET last_used_at = ?"
                + " WHERE session_id = ? AND last_used_at < ?")) {
      statement.setTimestamp(1, Timestamp.from(now));
      statement.setObject(2, session);
      statement.setTimestamp(3, Timestamp.from(now));
      statement.executeUpdate();
    }
  }

  /** Ends the session of a secret. */
  static void end(Connection connection, byte[] tokenHash, String by, Instant now)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE profilemesh_sessions SET revoked_at = ?, revoked_by = ?"
                + " WHERE token_hash = ? AND revoked_at IS NULL")) {
      statement.setTimestamp(1, Timestamp.from(now));
      statement.setString(2, by);
      statement.setBytes(3, tokenHash);
      statement.executeUpdate();
    }
  }

  /** Ends every session of somebody. */
  static int endAll(Connection connection, UUID person, String by, Instant now)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE profilemesh_sessions SET revoked_at = ?, revoked_by = ?"
                + " WHERE user_id = ? AND revoked_at IS NULL")) {
      statement.setTimestamp(1, Timestamp.from(now));
      statement.setString(2, by);
      statement.setObject(3, person);
      return statement.executeUpdate();
    }
  }

  private static Person person(ResultSet row) throws SQLException {
    Timestamp locked = row.getTimestamp("locked_until");
    return new Person(
        row.getObject("user_id", UUID.class),
        row.getString("name"),
        row.getString("password_hash"),
        row.getBoolean("active"),
        row.getInt("failed_sign_ins"),
        locked == null ? null : locked.toInstant(),
        grants(row.getArray("grants")));
  }

  private static List<Grant> grants(@Nullable Array array) throws SQLException {
    List<Grant> grants = new ArrayList<>();
    if (array != null) {
      for (String text : (String[]) array.getArray()) {
        grants.add(Grant.parse(text));
      }
    }
    return grants;
  }
}
