package io.profilemesh.cli;

/** What a command's exit code says; docs/cli.md lists them. */
public enum ExitCode {
  OK(0, "all is well"),
  FAILED(1, "the command, or a run it waited for, failed"),
  USAGE(2, "the command line is wrong"),
  DRIFT(3, "drift at or above the severity asked for"),
  NOT_EVALUATED(4, "no drift, but a run had nothing to be compared with");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  /** For people. */
  public String meaning() {
    return meaning;
  }
}
