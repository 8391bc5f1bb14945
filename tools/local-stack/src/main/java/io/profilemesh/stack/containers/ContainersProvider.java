package io.profilemesh.stack.containers;

import io.profilemesh.stack.Stack;
import io.profilemesh.stack.StackException;
import io.profilemesh.stack.StackProvider;

/** Runs the stack of tests in containers; needs Testcontainers on the class path and an engine. */
public final class ContainersProvider implements StackProvider {

  @Override
  public String name() {
    return "containers";
  }

  @Override
  public Stack start() {
    try {
      return ContainerStack.start(Images.ofSystemProperties());
    } catch (NoClassDefFoundError e) {
      throw new StackException(
          "Testcontainers is not on the class path.",
          "Run the tests through Maven with -Dstack=containers, which adds it.",
          e);
    }
  }
}
