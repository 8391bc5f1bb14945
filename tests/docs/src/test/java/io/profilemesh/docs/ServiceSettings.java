package io.profilemesh.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The settings that a program of ours reads, found in its sources. */
record ServiceSettings(String module) {

  private static final Pattern KEY =
      Pattern.compile("^(?:%\\w+\\.)?([\\w.\"/-]+)\\s*=", Pattern.MULTILINE);
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([\\w.-]+)(?::[^}]*)?}");
  private static final Pattern PROPERTY =
      Pattern.compile("@ConfigProperty\\(\\s*name\\s*=\\s*\"([^\"]+)\"");
  private static final Pattern VARIABLE =
      Pattern.compile("\"((?:PROFILEMESH|KAFKA|SHOP|QUARKUS)_[A-Z_]+)\"");
  private static final Pattern LITERAL =
      Pattern.compile("\"((?:profilemesh\\.|kafka\\.|quarkus\\.http)[a-z.-]*[a-z])\"");
  private static final Pattern PREFIX = Pattern.compile("\"(profilemesh\\.[a-z.-]*\\.)\"");
  private static final Pattern PREFIXED = Pattern.compile("prefix \\+ \"([a-z-]+)\"");
  private static final Pattern PORT =
      Pattern.compile("^quarkus\\.http\\.port\\s*=\\s*(?:\\$\\{[^:}]+:)?(\\d+)", Pattern.MULTILINE);

  static ServiceSettings of(String module) {
    return new ServiceSettings(module);
  }

  static ServiceSettings of(ServiceImage image) {
    return new ServiceSettings(image.module().orElse("tools/cli"));
  }

  /** Names of environment variables. */
  Set<String> variables() {
    Set<String> names = new TreeSet<>(Set.of("QUARKUS_HTTP_HOST", "QUARKUS_HTTP_PORT"));
    for (String text : properties()) {
      add(names, KEY, text);
      add(names, REFERENCE, text);
    }
    sources()
        .forEach(
            text -> {
              add(names, PROPERTY, text);
              add(names, VARIABLE, text);
              add(names, LITERAL, text);
              addPrefixed(names, text);
              names.addAll(ConfigMappings.variables(text));
            });
    names.addAll(configurationFileVariables());
    return names;
  }

  /** Variables of its own settings that it declares, rather than mentions. */
  Set<String> declared() {
    Set<String> names = new TreeSet<>();
    for (String text : properties()) {
      add(names, KEY, text);
    }
    sources()
        .forEach(
            text -> {
              add(names, PROPERTY, text);
              addPrefixed(names, text);
              names.addAll(ConfigMappings.variables(text));
            });
    names.removeIf(name -> !name.startsWith("PROFILEMESH_"));
    return names;
  }

  /** Port of the service's HTTP unless configured otherwise. */
  int defaultPort() {
    for (String text : properties()) {
      Matcher port = PORT.matcher(text);
      if (port.find()) {
        return Integer.parseInt(port.group(1));
      }
    }
    throw new AssertionError(module + " does not set quarkus.http.port");
  }

  static String variable(String property) {
    return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  /** Variables that the profiler's configuration files of ours refer to. */
  private Set<String> configurationFileVariables() {
    Set<String> names = new TreeSet<>();
    if (module.equals("profiler-service")) {
      for (String file : List.of("docker/profilemesh.yaml", "k8s/base/config/profilemesh.yaml")) {
        add(names, REFERENCE, Repository.read(file));
      }
    }
    return names;
  }

  private List<String> properties() {
    return Repository.files(module)
        .filter(file -> file.endsWith(Path.of("src/main/resources/application.properties")))
        .map(Repository::read)
        .toList();
  }

  private Stream<String> sources() {
    return Repository.files(module)
        .filter(file -> file.toString().contains("src/main/java"))
        .filter(file -> file.toString().endsWith(".java"))
        .map(Repository::read);
  }

  /** Names put together from a prefix and a last part. */
  private static void addPrefixed(Set<String> names, String text) {
    Matcher prefix = PREFIX.matcher(text);
    if (prefix.find()) {
      PREFIXED
          .matcher(text)
          .results()
          .map((MatchResult found) -> variable(prefix.group(1) + found.group(1)))
          .forEach(names::add);
    }
  }

  private static void add(Set<String> names, Pattern pattern, String text) {
    pattern
        .matcher(text)
        .results()
        .map((MatchResult found) -> variable(found.group(1)))
        .forEach(names::add);
  }
}
