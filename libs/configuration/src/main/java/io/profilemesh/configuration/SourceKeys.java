package io.profilemesh.configuration;

import io.profilemesh.configuration.SourceLocation.TlsMode;
import io.profilemesh.configuration.SourceType.Place;
import io.profilemesh.configuration.key.GroupKey;
import io.profilemesh.configuration.key.InvalidValueException;
import io.profilemesh.configuration.key.Key;
import io.profilemesh.configuration.key.KeyGroup;
import io.profilemesh.configuration.key.Kind;
import io.profilemesh.configuration.key.Kinds;
import io.profilemesh.configuration.key.MapKey;
import io.profilemesh.configuration.key.SecretKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys of an entry of {@code sources}. */
final class SourceKeys {

  private static final Set<String> SERVERS = at(Place.SERVER);
  private static final Set<String> WITH_DATABASE = at(Place.SERVER, Place.SNOWFLAKE);
  private static final Set<String> WITH_PATH = at(Place.FILE, Place.DIRECTORY);
  private static final Set<String> WITH_CERTIFICATE =
      Set.of(name(SourceType.POSTGRESQL), name(SourceType.MARIADB), name(SourceType.REDSHIFT));
  private static final Set<String> WAREHOUSES =
      Arrays.stream(SourceType.values())
          .filter(SourceType::isWarehouse)
          .map(SourceType::toString)
          .collect(Collectors.toUnmodifiableSet());
  private static final int MOST_CONNECTIONS = 1_000;

  /** It becomes a part of a host name. */
  private static final Kind<String> ACCOUNT_NAME =
      Kinds.of(
          "letters, digits, dots, dashes and underscores",
          Map.of("type", "string", "pattern", "^[A-Za-z0-9._-]{1,200}$|\\$\\{"),
          text -> {
            if (!text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,199}")) {
              throw new InvalidValueException("must be of letters, digits, dots and dashes");
            }
            return text;
          });

  /** It becomes a part of an URL, and can be nothing else there. */
  private static final Kind<String> HOST_NAME =
      Kinds.of(
          "host name or address",
          Map.of("type", "string", "minLength", 1),
          text -> {
            if (!text.matches("[A-Za-z0-9_.:%\\[\\]-]{1,255}")) {
              throw new InvalidValueException(
                  text.isEmpty()
                      ? "is empty"
                      : "must be a host name or an address, without port, user or path");
            }
            return text;
          });

  static final KeyGroup GROUP =
      new KeyGroup(
          "A source",
          "A database, by its name: at most 63 letters, digits, dots, dashes and underscores.");

  static final Key<SourceType> TYPE =
      GROUP.add(Key.of("type", Kinds.choice(SourceType.class), "database engine").required());

  static final Key<Boolean> ENABLED =
      GROUP.add(
          Key.of(
                  "enabled",
                  Kinds.truth(),
                  "`false`: requests are refused (`UNKNOWN_SOURCE`), nothing connects")
              .orElse("true"));

  static final Key<String> PATH =
      GROUP.add(
          Key.of(
                  "path",
                  Kinds.path(),
                  "database file; for `files` the directory of the data, or a single file")
              .required()
              .only(WITH_PATH));

  static final MapKey<String> TABLES =
      GROUP.add(
          new MapKey<>(
              "tables",
              Kinds.text(),
              "tables of several files: a path or glob below the directory by the name of the"
                  + " table",
              at(Place.DIRECTORY)));

  static final Key<String> HOST =
      GROUP.add(
          Key.of("host", HOST_NAME, "name or address of the server")
              .orElse("localhost")
              .only(SERVERS));

  static final Key<Integer> PORT =
      GROUP.add(
          Key.of("port", Kinds.integer(1, 65_535), "port of the server")
              .orElseAs("the engine's")
              .only(SERVERS));

  static final Key<String> DATABASE =
      GROUP.add(
          Key.of("database", Kinds.text(), "database to connect to")
              .required()
              .only(WITH_DATABASE));

  static final Key<String> USERNAME =
      GROUP.add(
          Key.of("username", Kinds.text(), "a role that may read and nothing else")
              .required()
              .only(WITH_DATABASE));

  static final SecretKey PASSWORD =
      GROUP.add(SecretKey.of("password", "best as `${VARIABLE}`").only(WITH_DATABASE));

  static final Key<String> ACCOUNT =
      GROUP.add(
          Key.of("account", ACCOUNT_NAME, "account identifier, such as `myorg-account1`")
              .required()
              .only(at(Place.SNOWFLAKE)));

  static final Key<String> WAREHOUSE =
      GROUP.add(
          Key.of("warehouse", Kinds.text(), "virtual warehouse that runs the statements")
              .orElseAs("the user's own")
              .only(at(Place.SNOWFLAKE)));

  static final Key<String> ROLE =
      GROUP.add(
          Key.of("role", Kinds.text(), "role of the session")
              .orElseAs("the user's own")
              .only(at(Place.SNOWFLAKE)));

  static final Key<String> PRIVATE_KEY_FILE =
      GROUP.add(
          Key.of(
                  "private-key-file",
                  Kinds.path(),
                  "unencrypted private key (PKCS 8), in the place of a password")
              .only(at(Place.SNOWFLAKE)));

  static final Key<String> PROJECT =
      GROUP.add(
          Key.of("project", Kinds.text(), "project that is billed and whose datasets are seen")
              .required()
              .only(at(Place.BIGQUERY)));

  static final Key<String> LOCATION =
      GROUP.add(
          Key.of("location", Kinds.text(), "location of the jobs, such as `EU`")
              .orElseAs("the driver's")
              .only(at(Place.BIGQUERY)));

  static final Key<String> CREDENTIALS_FILE =
      GROUP.add(
          Key.of("credentials-file", Kinds.path(), "key file of a service account")
              .orElseAs("what the machine may do")
              .only(at(Place.BIGQUERY)));

  static final Key<TlsMode> SSL_MODE =
      GROUP.add(
          Key.of(
                  "ssl-mode",
                  Kinds.choice(TlsMode.class),
                  "protection of the connection; from `verify-ca` on the certificate is checked")
              .orElse("prefer")
              .only(SERVERS));

  static final Key<String> SSL_ROOT_CERTIFICATE =
      GROUP.add(
          Key.of("ssl-root-certificate", Kinds.path(), "certificates to trust")
              .orElseAs("the platform's")
              .only(WITH_CERTIFICATE));

  static final Key<SourceConfig.Strategy> STRATEGY =
      GROUP.add(
          Key.of(
                  "strategy",
                  Kinds.choice(SourceConfig.Strategy.class),
                  "`pushdown`: the source computes the profile by its own functions; `scan`: its"
                      + " rows are read")
              .orElse("pushdown")
              .only(WAREHOUSES));

  static final Key<Integer> MAX_SCANS =
      GROUP.add(
          Key.of("max-scans", Kinds.integer(1, MOST_CONNECTIONS), "tables scanned at once")
              .orElse("2"));

  static final Key<Integer> MAX_CONNECTIONS =
      GROUP.add(
          Key.of(
                  "max-connections",
                  Kinds.integer(2, MOST_CONNECTIONS),
                  "connections open at once, above `max-scans`: one is for looking tables up, the"
                      + " others are shared by the scans")
              .orElseAs("5, or `max-scans` + 1"));

  static final Key<Duration> CONNECT_TIMEOUT =
      GROUP.add(
          Key.of("connect-timeout", Kinds.duration(), "longest wait for a connection")
              .orElse("10s"));

  static final Key<Duration> STATEMENT_TIMEOUT =
      GROUP.add(Key.of("statement-timeout", Kinds.duration(), "longest statement").orElse("30m"));

  static final Key<Duration> LOCK_TIMEOUT =
      GROUP.add(Key.of("lock-timeout", Kinds.duration(), "longest wait for a lock").orElse("5s"));

  static final GroupKey CAPTURE = GROUP.add(CaptureKeys.OF_SOURCE);

  private SourceKeys() {}

  private static Set<String> at(Place... places) {
    return Arrays.stream(SourceType.values())
        .filter(type -> List.of(places).contains(type.place()))
        .map(SourceType::toString)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String name(SourceType type) {
    return type.toString();
  }
}
