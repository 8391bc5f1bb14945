package io.profilemesh.configuration.key;

import java.util.Set;

/** One name that a mapping of the configuration may have. */
public sealed interface Entry permits Key, SecretKey, ListKey, MapKey, GroupKey, GroupsKey {

  String name();

  /** What it is for: a phrase in Markdown. */
  String meaning();

  /** Whether the mapping is a mistake without it. */
  default boolean isRequired() {
    return false;
  }

  /** Variants of the mapping that may have it, such as types of sources; empty: all. */
  default Set<String> variants() {
    return Set.of();
  }
}
