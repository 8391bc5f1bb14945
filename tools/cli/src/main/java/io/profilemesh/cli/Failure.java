package io.profilemesh.cli;

/** An expected end of a command: what went wrong, what to do next, and with which exit code. */
public final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final String remedy;

  private Failure(ExitCode exitCode, String message, String remedy, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.remedy = remedy;
  }

  private Failure(ExitCode exitCode, String message, String remedy) {
    super(message);
    this.exitCode = exitCode;
    this.remedy = remedy;
  }

  /** The command could not do what was asked. */
  public static Failure failed(String message, String remedy) {
    return new Failure(ExitCode.FAILED, message, remedy);
  }

  /** The command could not do what was asked because of {@code cause}. */
  public static Failure failed(String message, String remedy, Throwable cause) {
    return new Failure(ExitCode.FAILED, message, remedy, cause);
  }

  /** What was asked makes no sense. */
  public static Failure usage(String message, String remedy) {
    return new Failure(ExitCode.USAGE, message, remedy);
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  /** What to do next; empty where the message says it all. */
  public String remedy() {
    return remedy;
  }
}
