package io.profilemesh.stack;

/** A way to get a stack for the tests of one JVM; found through {@link java.util.ServiceLoader}. */
public interface StackProvider {

  /** Value of the system property {@code stack} that chooses this provider. */
  String name();

  /** Starts a stack that ends with this JVM; closing it has no effect before. */
  Stack start();
}
