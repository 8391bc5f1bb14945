package io.profilemesh.stack.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.stack.process.ProcessId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a stack in a JSON file that is always whole.
 *
 * @param path the file
 */
record StateFile(Path path) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the file says; the empty state when it is missing or unreadable. */
  StackState read() {
    try {
      return Files.exists(path) ? parse(JSON.readTree(path.toFile())) : StackState.EMPTY;
    } catch (IOException | IllegalArgumentException damaged) {
      // Processes are found by their mark as well; ports are only a preference.
      return StackState.EMPTY;
    }
  }

  void write(StackState state) {
    Path draft = path.resolveSibling(path.getFileName() + ".draft");
    try {
      Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(render(state)));
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }

  private static ObjectNode render(StackState state) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", 1);
    ProcessId launcher = state.launcher();
    if (launcher != null) {
      root.set("launcher", render(launcher));
    }
    if (state.registryUrl() != null) {
      root.put("registryUrl", state.registryUrl());
    }
    ObjectNode ports = root.putObject("ports");
    state.ports().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(port -> ports.put(port.getKey(), port.getValue()));
    ObjectNode processes = root.putObject("processes");
    state.processes().forEach((key, id) -> processes.set(key, render(id)));
    return root;
  }

  private static ObjectNode render(ProcessId id) {
    return JSON.createObjectNode().put("pid", id.pid()).put("started", id.started().toString());
  }

  private static StackState parse(JsonNode root) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    root.path("ports").properties().forEach(e -> ports.put(e.getKey(), e.getValue().asInt()));
    Map<String, ProcessId> processes = new LinkedHashMap<>();
    root.path("processes")
        .properties()
        .forEach(entry -> processes.put(entry.getKey(), parseProcess(entry.getValue())));
    return new StackState(
        root.has("launcher") ? parseProcess(root.get("launcher")) : null,
        textOrNull(root.path("registryUrl")),
        ports,
        processes);
  }

  private static ProcessId parseProcess(JsonNode node) {
    try {
      return new ProcessId(node.path("pid").asLong(), Instant.parse(node.path("started").asText()));
    } catch (java.time.format.DateTimeParseException e) {
      throw new IllegalArgumentException("not a time: " + node.path("started"), e);
    }
  }

  private static @Nullable String textOrNull(JsonNode node) {
    return node.isTextual() ? node.asText() : null;
  }
}
