package io.profilemesh.cli.dbt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.profilemesh.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The models of a {@code manifest.json}. Where a {@code run_results.json} of the same invocation
 * stands beside it, the models that were just built.
 */
public final class DbtManifest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private DbtManifest() {}

  /**
   * The tables and views of the models, as patterns that name one each, in the manifest's order.
   *
   * @throws Failure when the file is none of dbt's, or has no model
   */
  public static List<String> tables(Path manifest) {
    JsonNode tree = read(manifest);
    JsonNode nodes = tree.path("nodes");
    if (!nodes.isObject()) {
      throw Failure.usage(
          manifest + " is no manifest of dbt", "Give target/manifest.json of a dbt project.");
    }
    Optional<Set<String>> built = built(manifest, tree);
    List<String> tables = new ArrayList<>();
    nodes
        .fields()
        .forEachRemaining(
            node -> {
              if (isTable(node.getValue())
                  && built.map(names -> names.contains(node.getKey())).orElse(true)) {
                tables.add(table(node.getValue()));
              }
            });
    if (tables.isEmpty()) {
      throw Failure.failed(
          manifest
              + " has no model with a table of its own"
              + (built.isPresent() ? " that dbt has just built" : ""),
          "Run dbt build first, and see its run_results.json.");
    }
    return tables;
  }

  /** Models that succeeded, if the results are of the manifest's own invocation. */
  private static Optional<Set<String>> built(Path manifest, JsonNode tree) {
    Path results = manifest.resolveSibling("run_results.json");
    String invocation = tree.path("metadata").path("invocation_id").asText("");
    if (invocation.isEmpty() || !Files.isRegularFile(results)) {
      return Optional.empty();
    }
    JsonNode result = read(results);
    if (!invocation.equals(result.path("metadata").path("invocation_id").asText(""))) {
      return Optional.empty();
    }
    Set<String> names = new HashSet<>();
    for (JsonNode each : result.path("results")) {
      if (each.path("status").asText().equals("success")) {
        names.add(each.path("unique_id").asText());
      }
    }
    return Optional.of(names);
  }

  private static boolean isTable(JsonNode node) {
    String kind = node.path("config").path("materialized").asText("view");
    return node.path("resource_type").asText().equals("model")
        && !kind.equals("ephemeral")
        && node.path("config").path("enabled").asBoolean(true);
  }

  private static String table(JsonNode node) {
    String alias = node.path("alias").asText("");
    String name = alias.isEmpty() ? node.path("name").asText() : alias;
    return quoted(node.path("schema").asText()) + '.' + quoted(name);
  }

  private static String quoted(String name) {
    return name.matches("[A-Za-z0-9_$]+") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw Failure.usage(
          file + " cannot be read as JSON", "Give target/manifest.json of a dbt project.");
    }
  }
}
