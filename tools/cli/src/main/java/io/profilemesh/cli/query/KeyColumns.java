package io.profilemesh.cli.query;

import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.Column.Where;
import java.util.List;

/** Columns of keys and people. */
public final class KeyColumns {

  /** Keys. */
  public static final List<Column> KEYS =
      List.of(
          Column.text("prefix", "KEY"),
          Column.text("name", "NAME"),
          Column.text("state", "STATE"),
          Column.text("grants", "MAY"),
          Column.instant("createdAt", "MADE (UTC)"),
          Column.text("createdBy", "BY"),
          Column.instant("expiresAt", "ENDS (UTC)"),
          Column.instant("lastUsedAt", "LAST USED (UTC)"),
          Column.text("lastUsedAddress", "FROM").only(Where.CSV_ONLY),
          Column.instant("revokedAt", "REVOKED (UTC)").only(Where.CSV_ONLY),
          Column.text("revokedBy", "REVOKED BY").only(Where.CSV_ONLY),
          Column.text("keyId", "ID").only(Where.CSV_ONLY));

  /** People. */
  public static final List<Column> USERS =
      List.of(
          Column.text("name", "NAME"),
          Column.text("displayName", "CALLED"),
          Column.text("email", "EMAIL").only(Where.CSV_ONLY),
          Column.text("active", "ACTIVE"),
          Column.text("grants", "MAY"),
          Column.instant("lastSignInAt", "LAST SIGN-IN (UTC)"),
          Column.instant("lockedUntil", "LOCKED UNTIL (UTC)"),
          Column.instant("createdAt", "ENTERED (UTC)").only(Where.CSV_ONLY),
          Column.text("createdBy", "BY").only(Where.CSV_ONLY),
          Column.text("userId", "ID").only(Where.CSV_ONLY));

  private KeyColumns() {}
}
