package io.profilemesh.query.access;

import io.profilemesh.metadata.access.Role;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/** Roles as annotations of routes name them. */
public final class Roles {

  public static final String READER = "reader";
  public static final String OPERATOR = "operator";
  public static final String ADMIN = "admin";

  private Roles() {}

  /** The names of a role and of those that it includes. */
  static Set<String> upTo(Role role) {
    Set<String> names = new TreeSet<>();
    for (Role each : EnumSet.allOf(Role.class)) {
      if (role.includes(each)) {
        names.add(each.word());
      }
    }
    return names;
  }
}
