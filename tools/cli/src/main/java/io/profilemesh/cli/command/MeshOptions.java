package io.profilemesh.cli.command;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.access.KeyFile;
import io.profilemesh.cli.connection.JdbcAddress;
import io.profilemesh.cli.connection.KafkaAddress;
import io.profilemesh.cli.connection.MeshAddresses;
import io.profilemesh.cli.mesh.LocalMesh;
import io.profilemesh.cli.rest.Rest;
import io.profilemesh.metadata.access.ApiKeySecret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which local mesh is meant: the one that keeps its data in this directory. */
class MeshOptions {

  static final String DATA_VARIABLE = "PROFILEMESH_DATA";
  static final String URL_VARIABLE = "PROFILEMESH_URL";
  static final String KEY_VARIABLE = "PROFILEMESH_API_KEY";
  static final String KEY_FILE_VARIABLE = "PROFILEMESH_API_KEY_FILE";

  private final Session session;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Data directory of the local mesh (default: $PROFILEMESH_DATA, else .profilemesh in the"
              + " installation).")
  @Nullable Path dataDirectory;

  MeshOptions(Session session) {
    this.session = session;
  }

  Session session() {
    return session;
  }

  /** The data directory that is meant, absolute. */
  Path directory() {
    if (dataDirectory != null) {
      return dataDirectory.toAbsolutePath().normalize();
    }
    Path home = session.home() == null ? Path.of("") : session.home();
    return session
        .variable(DATA_VARIABLE)
        .map(Path::of)
        .orElse(home.resolve(".profilemesh"))
        .toAbsolutePath()
        .normalize();
  }

  /** What a further command must be given to find the same mesh; empty, or with a space before. */
  String asTyped() {
    return dataDirectory == null ? "" : " --data-dir " + dataDirectory;
  }

  LocalMesh mesh() {
    return session.connections().localMesh(directory());
  }

  /** Addresses of the local mesh, when it runs. */
  Optional<MeshAddresses> addresses() {
    return mesh().addresses();
  }

  /** The address by flag, else by variable, else of the local mesh. */
  URI server(@Nullable URI flag) {
    if (flag != null) {
      return checked(flag, "--server");
    }
    return session
        .variable(URL_VARIABLE)
        .map(text -> uri(text, URL_VARIABLE))
        .or(() -> addresses().map(MeshAddresses::restUrl))
        .orElseThrow(() -> notRunning("--server URL or " + URL_VARIABLE));
  }

  Rest rest(@Nullable URI flag) {
    URI server = server(flag);
    return session.connections().rest(server, key(server).orElse(null));
  }

  /** The key by variable, by a file that a variable names, else of the local mesh, for it alone. */
  private Optional<ApiKeySecret> key(URI server) {
    Optional<String> variable = session.variable(KEY_VARIABLE);
    if (variable.isPresent()) {
      return Optional.of(
          ApiKeySecret.parse(variable.get().strip())
              .orElseThrow(() -> noKey("the variable " + KEY_VARIABLE)));
    }
    Optional<Path> file = session.variable(KEY_FILE_VARIABLE).map(Path::of);
    if (file.isPresent()) {
      return Optional.of(
          new KeyFile(file.get()).read().orElseThrow(() -> noKey("the file " + file.get())));
    }
    boolean local = addresses().map(MeshAddresses::restUrl).filter(server::equals).isPresent();
    return local ? KeyFile.of(directory()).read() : Optional.empty();
  }

  private static Failure noKey(String where) {
    return Failure.usage(
        where + " holds no key", "A key begins with pmk_; make one: profilemesh key create NAME");
  }

  KafkaAddress kafka(@Nullable String bootstrapFlag, @Nullable URI registryFlag, String prefix) {
    return new KafkaAddress(brokers(bootstrapFlag), registry(registryFlag), prefix);
  }

  String brokers(@Nullable String flag) {
    return Optional.ofNullable(flag)
        .or(() -> session.variable("KAFKA_BOOTSTRAP_SERVERS"))
        .or(() -> addresses().map(MeshAddresses::bootstrapServers))
        .orElseThrow(() -> notRunning("--bootstrap-servers or KAFKA_BOOTSTRAP_SERVERS"));
  }

  URI registry(@Nullable URI flag) {
    if (flag != null) {
      return checked(flag, "--registry-url");
    }
    String variable = "PROFILEMESH_SCHEMA_REGISTRY_URL";
    return session
        .variable(variable)
        .map(text -> uri(text, variable))
        .or(() -> addresses().map(MeshAddresses::schemaRegistryUrl))
        .orElseThrow(() -> notRunning("--registry-url or " + variable));
  }

  JdbcAddress metadata(@Nullable String urlFlag, @Nullable String usernameFlag) {
    Optional<String> url =
        Optional.ofNullable(urlFlag).or(() -> session.variable("PROFILEMESH_METADATA_JDBC_URL"));
    if (url.isEmpty()) {
      return addresses()
          .map(MeshAddresses::metadata)
          .orElseThrow(() -> notRunning("--jdbc-url or PROFILEMESH_METADATA_JDBC_URL"));
    }
    String username =
        Optional.ofNullable(usernameFlag)
            .or(() -> session.variable("PROFILEMESH_METADATA_USERNAME"))
            .orElse("profilemesh");
    return new JdbcAddress(
        url.get(), username, session.variable("PROFILEMESH_METADATA_PASSWORD").orElse(""));
  }

  private Failure notRunning(String flag) {
    return Failure.failed(
        "no local mesh runs in " + directory(),
        "Start one with: profilemesh up. Or name another mesh: " + flag + ".");
  }

  private static URI uri(String text, String name) {
    try {
      return checked(URI.create(text.split(",", 2)[0].trim()), name);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(name + " is no address: " + text, "Write http://host:port.");
    }
  }

  private static URI checked(URI address, String name) {
    boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    if (!http || address.getHost() == null) {
      throw Failure.usage(name + " is no address: " + address, "Write http://host:port.");
    }
    return address;
  }
}
