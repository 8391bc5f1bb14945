package io.profilemesh.stack.local;

import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.StackException;
import io.profilemesh.stack.process.ManagedProcess;
import io.profilemesh.stack.process.ProcessLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL server with its cluster under the data directory. */
final class PostgresServer {

  static final String SUPERUSER = "postgres";
  static final String PASSWORD = "postgres-password";

  private static final long INIT_SECONDS = 120;
  private static final int START_SECONDS = 120;
  private static final int STOP_SECONDS = 20;

  private final PostgresBinaries binaries;
  private final DataDirectory data;
  private final Secrets secrets;
  private final boolean durable;
  private final Path cluster;
  private final ProcessLog log;

  /**
   * @param durable whether what is committed survives a power failure; false is quicker
   */
  PostgresServer(Installation installation, DataDirectory data, Secrets secrets, boolean durable) {
    this.binaries = PostgresBinaries.of(installation.postgresArchive(), installation.cache());
    this.data = data;
    this.secrets = secrets;
    this.durable = durable;
    this.cluster = data.directory(Component.POSTGRES.key()).resolve("cluster");
    this.log = data.log(Component.POSTGRES.key());
  }

  PostgresEndpoint endpoint(int port) {
    return new PostgresEndpoint("127.0.0.1", port, "postgres", SUPERUSER, secrets.get(PASSWORD));
  }

  /** Starts the server and waits until it serves; the first time, creates the cluster. */
  ManagedProcess start(int port) {
    log.rotate();
    List<String> prefix = PostgresUser.prefix(data.root());
    initialize(prefix);
    write("profilemesh.conf", settings(port, durable));
    removeStalePidFile();
    List<String> start = new ArrayList<>(prefix);
    // pg_ctl gives the server a session of its own: Ctrl-C at the terminal does not reach it.
    start.addAll(List.of(binaries.program("pg_ctl").toString(), "start", "-D", cluster.toString()));
    start.addAll(List.of("-l", log.file().toString(), "-w", "-t", Integer.toString(START_SECONDS)));
    int exit = run(start, START_SECONDS + 10);
    ManagedProcess process = findRunning().orElse(null);
    if (exit != 0 || process == null) {
      throw failed("could not be started");
    }
    return process;
  }

  /** The server of this cluster if it runs, whoever started it. */
  Optional<ManagedProcess> findRunning() {
    return readPid()
        .flatMap(ProcessHandle::of)
        .filter(ProcessHandle::isAlive)
        .filter(this::servesThisCluster)
        .map(handle -> new ManagedProcess(Component.POSTGRES.title(), handle, log));
  }

  /** Ends sessions and stops the server; by force when it does not end. */
  void stop(ManagedProcess process) {
    for (String mode : List.of("fast", "immediate")) {
      if (process.isAlive()) {
        List<String> stop = new ArrayList<>(PostgresUser.prefix(data.root()));
        stop.addAll(List.of(binaries.program("pg_ctl").toString(), "stop", "-D"));
        stop.addAll(List.of(cluster.toString(), "-m", mode, "-w"));
        stop.addAll(List.of("-t", Integer.toString(STOP_SECONDS)));
        run(stop, STOP_SECONDS + 5);
      }
    }
    if (process.isAlive()) {
      process.kill();
    }
    process.awaitExit(Duration.ofSeconds(5));
  }

  private void initialize(List<String> prefix) {
    if (Files.exists(cluster.resolve("PG_VERSION")) && Files.exists(initialized())) {
      return;
    }
    // Half a cluster of an interrupted start would be refused.
    Directories.delete(cluster);
    secrets.get(PASSWORD);
    List<String> init = new ArrayList<>(prefix);
    init.addAll(List.of(binaries.program("initdb").toString(), "-D", cluster.toString()));
    init.addAll(List.of("-U", SUPERUSER, "--auth=scram-sha-256"));
    init.addAll(List.of("--pwfile=" + secrets.file(PASSWORD), "--encoding=UTF8"));
    init.addAll(List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
    init.addAll(List.of("--no-instructions", durable ? "--data-checksums" : "--no-sync"));
    if (run(init, INIT_SECONDS) != 0) {
      throw failed("could not create its files");
    }
    appendInclude();
    write(initialized(), "");
  }

  private Path initialized() {
    return cluster.resolveSibling("initialized");
  }

  static String settings(int port, boolean durable) {
    return """
    listen_addresses = '127.0.0.1'
    port = %d
    unix_socket_directories = ''
    wal_level = logical
    max_connections = 100
    max_replication_slots = 20
    max_wal_senders = 20
    shared_buffers = 128MB
    max_wal_size = 512MB
    timezone = 'UTC'
    log_timezone = 'UTC'
    log_line_prefix = '%%m [%%p] %%q%%a@%%d '
    # Statements may hold values of watched tables.
    log_min_error_statement = panic
    client_connection_check_interval = 5s
    fsync = %s
    full_page_writes = %s
    """
        .formatted(port, durable ? "on" : "off", durable ? "on" : "off");
  }

  private void appendInclude() {
    try {
      Files.writeString(
          cluster.resolve("postgresql.conf"),
          "\ninclude 'profilemesh.conf'\n",
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot configure " + cluster, e);
    }
  }

  private void removeStalePidFile() {
    if (findRunning().isEmpty()) {
      try {
        Files.deleteIfExists(cluster.resolve("postmaster.pid"));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot tidy up " + cluster, e);
      }
    }
  }

  private Optional<Long> readPid() {
    try {
      Path file = cluster.resolve("postmaster.pid");
      return Files.exists(file)
          ? Files.readAllLines(file).stream().findFirst().map(line -> Long.parseLong(line.strip()))
          : Optional.empty();
    } catch (IOException | NumberFormatException unreadable) {
      return Optional.empty();
    }
  }

  private boolean servesThisCluster(ProcessHandle handle) {
    String commandLine = handle.info().commandLine().orElse("");
    return commandLine.contains("postgres") && commandLine.contains(cluster.toString());
  }

  private int run(List<String> command, long timeoutSeconds) {
    return Program.run(command, data.root(), log.file(), timeoutSeconds);
  }

  private StackException failed(String what) {
    if (log.saysDiskFull()) {
      return new StackException(
          "PostgreSQL " + what + " because the disk is full.",
          "Free some space on the disk of " + data.root() + " and start again.");
    }
    return new StackException(
        "PostgreSQL " + what + ". It said last:\n  " + String.join("\n  ", log.tail(15)),
        "The whole log is " + log.file() + ".");
  }

  private void write(String name, String text) {
    write(cluster.resolve(name), text);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
