package io.profilemesh.stack;

import io.profilemesh.stack.local.SharedLocalStack;
import org.jspecify.annotations.Nullable;

/** Gives tests a stack. */
public final class Stacks {

  private static @Nullable Stack shared;

  private Stacks() {}

  /**
   * The stack of this JVM, started at the first call and stopped when the JVM ends; closing it has
   * no effect.
   *
   * <p>The system property {@code stack} chooses the provider: {@code processes} (default) or
   * {@code containers}.
   */
  public static synchronized Stack shared() {
    Stack current = shared;
    if (current == null) {
      current = start(System.getProperty("stack", "processes"));
      shared = current;
    }
    return current;
  }

  private static Stack start(String provider) {
    return switch (provider) {
      case "processes" -> SharedLocalStack.start();
      default ->
          throw new StackException(
              "There is no stack provider " + provider + ".",
              "Set the system property stack to processes or containers.");
    };
  }
}
