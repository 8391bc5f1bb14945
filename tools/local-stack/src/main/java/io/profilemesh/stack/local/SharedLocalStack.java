package io.profilemesh.stack.local;

import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A stack of temporary data that many tests use and none of them closes. */
public final class SharedLocalStack implements Stack {

  private final LocalStack stack;

  private SharedLocalStack(LocalStack stack) {
    this.stack = stack;
  }

  /** Starts a stack that ends with this JVM; before, ends those of test JVMs that were killed. */
  public static SharedLocalStack start() {
    Installation installation = Installation.ofSystemProperty();
    Path parent = temporaryParent();
    Leftovers.sweep(parent);
    try {
      Path directory = Files.createTempDirectory(parent, "stack-");
      return new SharedLocalStack(
          LocalStack.start(
              LocalStackOptions.in(directory, installation).notDurable().deletedOnClose()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a directory in " + parent, e);
    }
  }

  private static Path temporaryParent() {
    String name = "profilemesh-stacks-" + System.getProperty("user.name");
    try {
      return Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create the directory of test stacks", e);
    }
  }

  /** The stack itself, for tests that kill parts of it. */
  public LocalStack local() {
    return stack;
  }

  @Override
  public String bootstrapServers() {
    return stack.bootstrapServers();
  }

  @Override
  public URI schemaRegistryUrl() {
    return stack.schemaRegistryUrl();
  }

  @Override
  public PostgresEndpoint postgres() {
    return stack.postgres();
  }

  @Override
  public PostgresEndpoint createDatabase(String name) {
    return stack.createDatabase(name);
  }

  @Override
  public PostgresEndpoint createDatabase(String name, String owner) {
    return stack.createDatabase(name, owner);
  }

  @Override
  public void close() {
    // Others use it too: it ends with the JVM.
  }
}
