package io.profilemesh.configuration.key;

import java.util.Set;

/**
 * A key whose value is never printed. It has a twin, {@code <name>-file}, which names a file that
 * holds the value.
 */
public record SecretKey(String name, String meaning, Set<String> variants) implements Entry {

  public SecretKey {
    variants = Set.copyOf(variants);
  }

  public static SecretKey of(String name, String meaning) {
    return new SecretKey(name, meaning, Set.of());
  }

  /** The same key, for some variants of its mapping only. */
  public SecretKey only(Set<String> some) {
    return new SecretKey(name, meaning, some);
  }

  /** Name of the twin. */
  public String fileName() {
    return name + "-file";
  }
}
