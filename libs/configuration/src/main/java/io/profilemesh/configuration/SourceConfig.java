package io.profilemesh.configuration;

/**
 * A registered database.
 *
 * @param location where it is: a server or a file, as its type needs
 * @param enabled false: known, but its requests are refused
 */
public record SourceConfig(
    SourceName name,
    SourceType type,
    SourceLocation location,
    SourceLimits limits,
    boolean enabled) {

  public SourceConfig {
    if (type.isFile() != location instanceof SourceLocation.LocalFile) {
      throw new IllegalArgumentException("a file is at a path, every other source on a server");
    }
  }
}
