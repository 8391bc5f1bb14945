package io.profilemesh.configuration.key;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key with a single value. Optional unless said otherwise.
 *
 * @param fallback text of the value when there is none, or null
 * @param shownDefault what the reference says of a default that follows from other values, or null
 * @param <T> what its value is read as
 */
public record Key<T>(
    String name,
    Kind<T> kind,
    String meaning,
    boolean isRequired,
    @Nullable String fallback,
    @Nullable String shownDefault,
    Set<String> variants)
    implements Entry {

  public Key {
    variants = Set.copyOf(variants);
    if (fallback != null) {
      try {
        kind.parse(fallback);
      } catch (InvalidValueException e) {
        throw new IllegalArgumentException("the default of " + name + ' ' + e.getMessage(), e);
      }
    }
  }

  public static <T> Key<T> of(String name, Kind<T> kind, String meaning) {
    return new Key<>(name, kind, meaning, false, null, null, Set.of());
  }

  /** The same key, which must be there. */
  public Key<T> required() {
    return new Key<>(name, kind, meaning, true, null, null, variants);
  }

  /** The same key with a default. */
  public Key<T> orElse(String text) {
    return new Key<>(name, kind, meaning, false, text, null, variants);
  }

  /** The same key with a default that the reader finds; the reference describes it so. */
  public Key<T> orElseAs(String description) {
    return new Key<>(name, kind, meaning, false, null, description, variants);
  }

  /** The same key, for some variants of its mapping only. */
  public Key<T> only(Set<String> some) {
    return new Key<>(name, kind, meaning, isRequired, fallback, shownDefault, some);
  }
}
