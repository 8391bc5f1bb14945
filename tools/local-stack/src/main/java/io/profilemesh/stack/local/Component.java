package io.profilemesh.stack.local;

import java.util.Locale;

/** What a local stack runs, in the order of starting. */
public enum Component {
  POSTGRES("PostgreSQL"),
  BROKER("Kafka broker"),
  REGISTRY("schema registry");

  private final String title;

  Component(String title) {
    this.title = title;
  }

  /** Name for people. */
  public String title() {
    return title;
  }

  /** Name in files and directories. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
