package io.profilemesh.stack.local;

import java.util.Locale;

/** A service of the mesh, in the order of starting. */
public enum Service {
  PROFILER("profiler-service"),
  DRIFT("drift-service"),
  QUERY("query-service");

  private final String module;

  Service(String module) {
    this.module = module;
  }

  /** Name for people, and of the directory in the repository. */
  public String module() {
    return module;
  }

  /** Name in files, ports and instance ids. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
