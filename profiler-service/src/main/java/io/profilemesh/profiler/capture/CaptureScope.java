package io.profilemesh.profiler.capture;

import io.profilemesh.configuration.CaptureConfig;
import io.profilemesh.configuration.ChangeRules;
import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.SourceLocation;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What is captured of a source, and by which rules. Safe for use by many threads. */
final class CaptureScope {

  private static final int MOST_REMEMBERED = 20_000;

  private final SourceConfig source;
  private final CaptureConfig config;
  private final Function<CapturedTable, Optional<ChangeRules>> configured;
  private final Map<CapturedTable, Optional<ChangeRules>> remembered = new ConcurrentHashMap<>();

  /**
   * @param configured rules of the entry that matches a table; empty where none does
   */
  CaptureScope(
      SourceConfig source,
      CaptureConfig config,
      Function<CapturedTable, Optional<ChangeRules>> configured) {
    this.source = source;
    this.config = config;
    this.configured = configured;
  }

  SourceConfig source() {
    return source;
  }

  /** Where the source is: only servers have a log that others may read. */
  SourceLocation.Server server() {
    return (SourceLocation.Server) source.location();
  }

  String name() {
    return source.name().value();
  }

  CaptureConfig config() {
    return config;
  }

  /** The rules of a captured table; empty for one whose changes are of no interest. */
  Optional<ChangeRules> rules(CapturedTable table) {
    if (remembered.size() > MOST_REMEMBERED) {
      remembered.clear();
    }
    return remembered.computeIfAbsent(
        table, asked -> configured.apply(asked).filter(ChangeRules::captured));
  }
}
