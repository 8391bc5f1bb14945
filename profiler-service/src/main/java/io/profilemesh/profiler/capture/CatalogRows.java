package io.profilemesh.profiler.capture;

import io.profilemesh.configuration.SourceName;
import io.profilemesh.profiler.dialect.TableDescription;
import io.profilemesh.profiler.source.TableCatalog;
import io.profilemesh.profiler.source.TableCatalog.Lookup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/** Asks the catalogue behind the caller's back, and answers with what it said last. */
final class CatalogRows implements TableRows {

  private static final Duration FRESH = Duration.ofMinutes(1);

  private final TableCatalog catalog;
  private final SourceName source;
  private final ExecutorService asking;
  private final Clock clock;
  private final Map<CapturedTable, Known> known = new ConcurrentHashMap<>();
  private final Set<CapturedTable> asked = ConcurrentHashMap.newKeySet();

  private record Known(OptionalLong rows, Instant at) {}

  /**
   * @param asking runs the questions; not closed here
   */
  CatalogRows(TableCatalog catalog, SourceName source, ExecutorService asking, Clock clock) {
    this.catalog = catalog;
    this.source = source;
    this.asking = asking;
    this.clock = clock;
  }

  @Override
  public OptionalLong of(CapturedTable table) {
    Known last = known.get(table);
    if (last == null || last.at().plus(FRESH).isBefore(clock.instant())) {
      ask(table);
    }
    return last == null ? OptionalLong.empty() : last.rows();
  }

  private void ask(CapturedTable table) {
    if (!asked.add(table)) {
      return;
    }
    try {
      asking.execute(
          () -> {
            try {
              known.put(table, new Known(rows(table), clock.instant()));
            } finally {
              asked.remove(table);
            }
          });
    } catch (RejectedExecutionException e) {
      asked.remove(table);
    }
  }

  private OptionalLong rows(CapturedTable table) {
    Lookup<Optional<TableDescription>> lookup =
        catalog.describe(source, table.schema(), table.table());
    return lookup instanceof Lookup.Answer<Optional<TableDescription>> answer
        ? answer.value().map(TableDescription::rowEstimate).orElse(OptionalLong.empty())
        : OptionalLong.empty();
  }
}
