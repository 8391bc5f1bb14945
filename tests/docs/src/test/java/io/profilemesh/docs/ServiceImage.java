package io.profilemesh.docs;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A Dockerfile of ours. */
record ServiceImage(String name, String dockerfile, Optional<String> module) {

  static final List<ServiceImage> ALL =
      List.of(
          service("profiler-service"),
          service("drift-service"),
          service("query-service"),
          new ServiceImage("profilemesh/cli", "tools/cli/Dockerfile", Optional.empty()));

  static ServiceImage named(String image) {
    String name = image.replaceFirst(":[^:/]*$", "");
    return ALL.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no Dockerfile makes the image " + image));
  }

  String text() {
    return Repository.read(dockerfile);
  }

  /** Port that the image exposes, if it listens. */
  Optional<Integer> port() {
    return first("^EXPOSE (\\d+)").map(Integer::valueOf);
  }

  Optional<String> first(String pattern) {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(text())
        .results()
        .map((MatchResult found) -> found.group(1))
        .findFirst();
  }

  private static ServiceImage service(String module) {
    return new ServiceImage("profilemesh/" + module, module + "/Dockerfile", Optional.of(module));
  }
}
