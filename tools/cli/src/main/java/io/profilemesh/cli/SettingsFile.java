package io.profilemesh.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Variables that a person keeps in a file instead of setting them anew: lines {@code NAME=VALUE}.
 * What is set in the environment wins.
 */
final class SettingsFile {

  /** Names another file; empty: none is read. */
  static final String VARIABLE = "PROFILEMESH_CLI_SETTINGS";

  private static final Set<String> SECRET =
      Set.of(
          "PROFILEMESH_API_KEY",
          "PROFILEMESH_METADATA_PASSWORD",
          "PROFILEMESH_SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO");

  private static final Set<String> KNOWN =
      Set.of(
          "PROFILEMESH_URL",
          "PROFILEMESH_API_KEY",
          "PROFILEMESH_API_KEY_FILE",
          "PROFILEMESH_DATA",
          "PROFILEMESH_SOURCE",
          "PROFILEMESH_TOPIC_PREFIX",
          "PROFILEMESH_CONFIG",
          "PROFILEMESH_PROFILE",
          "PROFILEMESH_DRIVERS",
          "KAFKA_BOOTSTRAP_SERVERS",
          "PROFILEMESH_SCHEMA_REGISTRY_URL",
          "PROFILEMESH_SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO",
          "PROFILEMESH_METADATA_JDBC_URL",
          "PROFILEMESH_METADATA_USERNAME",
          "PROFILEMESH_METADATA_PASSWORD",
          "NO_COLOR");

  private static final Pattern LINE = Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*=(.*)");

  private SettingsFile() {}

  /**
   * The environment with what the file adds to it.
   *
   * @throws Failure when the file cannot be read, or says what makes no sense
   */
  static Map<String, String> complete(Map<String, String> environment) {
    Path file = file(environment);
    if (file == null || (environment.get(VARIABLE) == null && !Files.exists(file))) {
      return environment;
    }
    Map<String, String> complete = new HashMap<>(read(file));
    complete.putAll(environment);
    return complete;
  }

  private static @Nullable Path file(Map<String, String> environment) {
    String named = environment.get(VARIABLE);
    if (named != null) {
      return named.isEmpty() ? null : Path.of(named);
    }
    String config = environment.get("XDG_CONFIG_HOME");
    String home = environment.get("HOME");
    if (config != null && !config.isEmpty()) {
      return Path.of(config, "profilemesh", "cli.env");
    }
    return home == null || home.isEmpty()
        ? null
        : Path.of(home, ".config", "profilemesh", "cli.env");
  }

  private static Map<String, String> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Failure.usage(
          "the settings in " + file + " cannot be read",
          "Check the file, or unset " + VARIABLE + ".");
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
        put(file, i + 1, line, values);
      }
    }
    if (values.keySet().stream().anyMatch(SECRET::contains) && isOpen(file)) {
      throw Failure.usage(
          "others can read the secret in " + file, "Keep it to yourself: chmod 600 " + file);
    }
    return values;
  }

  private static void put(Path file, int number, String line, Map<String, String> values) {
    Matcher matcher = LINE.matcher(line);
    // The line may hold a secret: it is named, not shown.
    String where = "line " + number + " of " + file;
    if (!matcher.matches()) {
      throw Failure.usage(where + " is no setting", "Write NAME=VALUE; # begins a remark.");
    }
    if (!KNOWN.contains(matcher.group(1))) {
      throw Failure.usage(
          where + " sets " + matcher.group(1) + ", which no command reads",
          "There are: " + String.join(", ", new TreeSet<>(KNOWN)));
    }
    values.put(matcher.group(1), matcher.group(2).strip());
  }

  private static boolean isOpen(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return permissions.contains(PosixFilePermission.GROUP_READ)
          || permissions.contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
