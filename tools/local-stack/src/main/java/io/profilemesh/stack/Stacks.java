package io.profilemesh.stack;

import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives tests a stack. */
public final class Stacks {

  /** System property that chooses the provider. */
  public static final String PROPERTY = "stack";

  private static final String DEFAULT = "processes";

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
      current = provider(System.getProperty(PROPERTY, DEFAULT)).start();
      shared = current;
    }
    return current;
  }

  static StackProvider provider(String name) {
    ServiceLoader<StackProvider> providers = ServiceLoader.load(StackProvider.class);
    return providers.stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name, providers));
  }

  private static StackException unknown(String name, ServiceLoader<StackProvider> providers) {
    String known =
        providers.stream()
            .map(provider -> provider.get().name())
            .sorted()
            .collect(Collectors.joining(" or "));
    return new StackException(
        "There is no stack provider " + name + ".",
        "Set the system property " + PROPERTY + " to " + known + ".");
  }
}
