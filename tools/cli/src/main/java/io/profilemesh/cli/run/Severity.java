package io.profilemesh.cli.run;

import java.util.Locale;

/** How much a finding matters, least first. */
public enum Severity {
  LOW,
  MEDIUM,
  HIGH;

  /** Spelling on the command line and in parameters. */
  public String spelling() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return spelling();
  }
}
