package io.profilemesh.configuration;

/**
 * A registered database.
 *
 * @param location where it is, as its type needs
 * @param enabled false: known, but its requests are refused
 * @param strategy who computes a profile
 */
public record SourceConfig(
    SourceName name,
    SourceType type,
    SourceLocation location,
    SourceLimits limits,
    boolean enabled,
    Strategy strategy) {

  public SourceConfig {
    if (type.place() != location.place()) {
      throw new IllegalArgumentException(
          "a source of type " + type + " is at another kind of place");
    }
  }

  /** A source read by the strategy that is usual for its type. */
  public SourceConfig(
      SourceName name,
      SourceType type,
      SourceLocation location,
      SourceLimits limits,
      boolean enabled) {
    this(name, type, location, limits, enabled, Strategy.usual(type));
  }

  /** Who computes a profile. */
  public enum Strategy {
    /** The profiler, from rows. */
    SCAN,
    /** The source, by its own functions. */
    PUSHDOWN;

    static Strategy usual(SourceType type) {
      return type.isWarehouse() ? PUSHDOWN : SCAN;
    }
  }

  /**
   * The location as what the type has.
   *
   * @throws ClassCastException when the type is at places of another kind
   */
  public <L extends SourceLocation> L location(Class<L> kind) {
    return kind.cast(location);
  }
}
