package io.profilemesh.stack.local;

import io.profilemesh.stack.Stack;
import io.profilemesh.stack.StackProvider;

/** Runs the stack of tests as child processes. */
public final class ProcessesProvider implements StackProvider {

  @Override
  public String name() {
    return "processes";
  }

  @Override
  public Stack start() {
    return SharedLocalStack.start();
  }
}
