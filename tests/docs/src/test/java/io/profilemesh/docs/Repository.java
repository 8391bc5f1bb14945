package io.profilemesh.docs;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of the repository, by paths relative to its root. */
final class Repository {

  static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final Set<String> NOT_OURS =
      Set.of("target", ".git", ".profilemesh", "node_modules", ".idea", ".venv");

  private static final Path ROOT =
      Path.of(
              Objects.requireNonNull(
                  System.getProperty("profilemesh.home"),
                  "run with -Dprofilemesh.home=<repository root>"))
          .toAbsolutePath()
          .normalize();

  private Repository() {}

  static Path path(String relative) {
    return ROOT.resolve(relative);
  }

  static String relative(Path path) {
    return ROOT.relativize(path).toString();
  }

  static String read(String relative) {
    return read(path(relative));
  }

  static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every document for people. */
  static List<Path> markdown() {
    return files(".").filter(file -> file.toString().endsWith(".md")).toList();
  }

  /** All files below a folder but what a build or a run left there. */
  static Stream<Path> files(String folder) {
    List<Path> found = new ArrayList<>();
    collect(path(folder).normalize(), found);
    return found.stream().sorted();
  }

  /** The documents of a YAML text, anchors and merge keys resolved. */
  static List<JsonNode> yaml(String text) {
    List<JsonNode> documents = new ArrayList<>();
    for (Object tree : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
      documents.add(JSON.valueToTree(tree));
    }
    return documents;
  }

  private static void collect(Path folder, List<Path> found) {
    try (Stream<Path> children = Files.list(folder)) {
      for (Path child : children.toList()) {
        if (NOT_OURS.contains(child.getFileName().toString())) {
          continue;
        }
        if (Files.isDirectory(child)) {
          collect(child, found);
        } else {
          found.add(child);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
