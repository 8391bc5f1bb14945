package io.profilemesh.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One resource of k8s/base. */
record Manifest(String file, JsonNode content) {

  static List<Manifest> base() {
    return Repository.files("k8s/base")
        .filter(path -> path.getParent().endsWith("base") && path.toString().endsWith(".yaml"))
        .filter(path -> !path.endsWith("kustomization.yaml"))
        .flatMap(path -> of(path).stream())
        .toList();
  }

  private static List<Manifest> of(Path path) {
    String name = path.getFileName().toString();
    return Repository.yaml(Repository.read(path)).stream()
        .map(content -> new Manifest(name, content))
        .toList();
  }

  /** API version and kind. */
  String type() {
    return content.path("apiVersion").asText() + " " + content.path("kind").asText();
  }

  boolean runsPods() {
    return content.at("/spec/template/spec").isObject();
  }

  JsonNode pod() {
    return content.at("/spec/template/spec");
  }

  JsonNode podLabels() {
    return content.at("/spec/template/metadata/labels");
  }

  JsonNode container() {
    return pod().at("/containers/0");
  }

  ServiceImage image() {
    return ServiceImage.named(container().path("image").asText());
  }

  /** Labels by which a resource without pods of its own finds pods. */
  JsonNode selector() {
    JsonNode spec = content.path("spec");
    if (spec.has("podSelector")) {
      return spec.at("/podSelector/matchLabels");
    }
    JsonNode selector = spec.path("selector");
    return selector.has("matchLabels") ? selector.path("matchLabels") : selector;
  }

  /** Names of the variables set on the container itself. */
  Set<String> variables() {
    Set<String> names = new TreeSet<>();
    container().path("env").forEach(variable -> names.add(variable.path("name").asText()));
    return names;
  }

  @Override
  public String toString() {
    return file + " " + content.path("kind").asText() + " " + content.at("/metadata/name").asText();
  }
}
