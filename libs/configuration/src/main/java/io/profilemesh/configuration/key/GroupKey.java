package io.profilemesh.configuration.key;

import org.jspecify.annotations.Nullable;

/**
 * A key with a mapping.
 *
 * @param shorthand how a single value may stand in the mapping's place, or null
 */
public record GroupKey(String name, KeyGroup group, @Nullable Key<?> shorthand, String meaning)
    implements Entry {

  public GroupKey(String name, KeyGroup group, String meaning) {
    this(name, group, null, meaning);
  }
}
