package io.profilemesh.metadata.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What somebody may do; each role may what those before it may. */
public enum Role {
  /** Looks at what was measured and found. */
  READER,
  /** Triggers, cancels, acknowledges, pins, judges, too. */
  OPERATOR,
  /** Looks after policies, keys and people, too. */
  ADMIN;

  /** Whether this role may what another may. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  /** The role as it is written. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All roles as they are written. */
  public static String words() {
    return Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", "));
  }

  /** The role of a word in any case; empty: there is none. */
  public static Optional<Role> of(String word) {
    for (Role role : values()) {
      if (role.name().equalsIgnoreCase(word)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
