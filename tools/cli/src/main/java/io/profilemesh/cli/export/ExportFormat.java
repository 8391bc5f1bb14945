package io.profilemesh.cli.export;

import java.util.Locale;

/** Form of exported files. */
public enum ExportFormat {
  CSV,
  PARQUET;

  /** End of a file's name, without the dot. */
  public String extension() {
    return name().toLowerCase(Locale.ROOT);
  }
}
