package io.profilemesh.configuration.key;

import java.util.Set;

/**
 * A key with values by name.
 *
 * @param <T> what each value is read as
 */
public record MapKey<T>(String name, Kind<T> kind, String meaning, Set<String> variants)
    implements Entry {

  public MapKey {
    variants = Set.copyOf(variants);
  }
}
