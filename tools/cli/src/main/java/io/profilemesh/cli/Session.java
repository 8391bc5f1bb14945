package io.profilemesh.cli;

import io.profilemesh.cli.output.Console;
import io.profilemesh.cli.output.Input;
import io.profilemesh.schema.Topics;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every command is given.
 *
 * @param console where to write
 * @param input what is typed or piped in
 * @param environment environment variables
 * @param home repository root or installation directory; null where the launcher did not say
 * @param connections how to reach a mesh
 */
public record Session(
    Console console,
    Input input,
    Map<String, String> environment,
    @Nullable Path home,
    Connections connections) {

  public Session {
    environment = Map.copyOf(environment);
  }

  /** A session in which nothing is typed. */
  public Session(
      Console console,
      Map<String, String> environment,
      @Nullable Path home,
      Connections connections) {
    this(console, Input.NONE, environment, home, connections);
  }

  /** A session with whatever mesh its commands name. */
  public static Session live(
      Console console, Input input, Map<String, String> environment, @Nullable Path home) {
    return new Session(console, input, environment, home, new LiveConnections(environment, home));
  }

  /** A variable that is set and not empty. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** Who asks, for people. */
  public String requester() {
    return variable("USER").map(user -> "cli:" + user).orElse("cli");
  }

  /** Start of every topic name, unless a flag says otherwise. */
  public String topicPrefix() {
    return variable("PROFILEMESH_TOPIC_PREFIX").orElse(Topics.DEFAULT_PREFIX);
  }

  /** Whether stack traces are wanted. */
  public boolean debug() {
    return variable("PROFILEMESH_DEBUG").filter(value -> !value.equals("0")).isPresent();
  }
}
