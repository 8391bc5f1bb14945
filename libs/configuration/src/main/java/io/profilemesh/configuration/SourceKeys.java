package io.profilemesh.configuration;

import io.profilemesh.configuration.SourceLocation.TlsMode;
import io.profilemesh.configuration.key.Key;
import io.profilemesh.configuration.key.KeyGroup;
import io.profilemesh.configuration.key.Kinds;
import io.profilemesh.configuration.key.SecretKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The keys of an entry of {@code sources}. */
final class SourceKeys {

  private static final Set<String> SERVERS = named(type -> !type.isFile());
  private static final Set<String> FILES = named(SourceType::isFile);
  private static final int MOST_CONNECTIONS = 1_000;

  static final KeyGroup GROUP =
      new KeyGroup(
          "A source",
          "A database, by its name: at most 63 letters, digits, dots, dashes and underscores.");

  static final Key<SourceType> TYPE =
      GROUP.add(Key.of("type", Kinds.choice(supported()), "database engine").required());

  static final Key<Boolean> ENABLED =
      GROUP.add(
          Key.of(
                  "enabled",
                  Kinds.truth(),
                  "`false`: requests are refused (`UNKNOWN_SOURCE`), nothing connects")
              .orElse("true"));

  static final Key<String> PATH =
      GROUP.add(
          Key.of("path", Kinds.path(), "file, relative to this file's directory or absolute")
              .required()
              .only(FILES));

  static final Key<String> HOST =
      GROUP.add(
          Key.of("host", Kinds.text(), "name or address of the server")
              .orElse("localhost")
              .only(SERVERS));

  static final Key<Integer> PORT =
      GROUP.add(
          Key.of("port", Kinds.integer(1, 65_535), "port of the server")
              .orElseAs("the engine's")
              .only(SERVERS));

  static final Key<String> DATABASE =
      GROUP.add(
          Key.of("database", Kinds.text(), "database on the server").required().only(SERVERS));

  static final Key<String> USERNAME =
      GROUP.add(
          Key.of("username", Kinds.text(), "a role that may read and nothing else")
              .required()
              .only(SERVERS));

  static final SecretKey PASSWORD =
      GROUP.add(SecretKey.of("password", "best as `${VARIABLE}`").only(SERVERS));

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
              .only(SERVERS));

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

  private SourceKeys() {}

  private static List<SourceType> supported() {
    return Arrays.stream(SourceType.values()).filter(SourceType::isSupported).toList();
  }

  private static Set<String> named(Predicate<SourceType> which) {
    return Arrays.stream(SourceType.values())
        .filter(which)
        .map(SourceType::toString)
        .collect(Collectors.toUnmodifiableSet());
  }
}
