package io.profilemesh.cli.output;

/** Form of an answer. */
public enum OutputFormat {
  /** Aligned columns for people. */
  TABLE,
  /** The answer's JSON, for programs. */
  JSON,
  /** RFC 4180, for spreadsheets. */
  CSV
}
