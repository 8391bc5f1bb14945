package io.profilemesh.stack;

import org.jspecify.annotations.Nullable;

/** The stack cannot start or continue; says what is wrong and what to do about it. */
public final class StackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String remedy;

  /**
   * @param problem what is wrong, one or more full sentences
   * @param remedy what the user does about it, one or more full sentences
   */
  public StackException(String problem, String remedy) {
    this(problem, remedy, null);
  }

  public StackException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem + System.lineSeparator() + remedy, cause);
    this.problem = problem;
    this.remedy = remedy;
  }

  public String problem() {
    return problem;
  }

  public String remedy() {
    return remedy;
  }
}
