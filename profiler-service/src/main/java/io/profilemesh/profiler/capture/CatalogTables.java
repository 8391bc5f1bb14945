package io.profilemesh.profiler.capture;

import io.profilemesh.configuration.SourceName;
import io.profilemesh.profiler.capture.FeedFactory.Health;
import io.profilemesh.profiler.dialect.TableRef;
import io.profilemesh.profiler.source.TableCatalog;
import io.profilemesh.profiler.source.TableCatalog.Lookup;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The captured tables by the source's own catalogue, where the log need not be told of them. */
record CatalogTables(CaptureScope scope, TableCatalog catalog) {

  Health health() throws CaptureFailure {
    Lookup<List<TableRef>> lookup = catalog.tables(new SourceName(scope.name()));
    if (lookup instanceof Lookup.Failure<List<TableRef>> failure) {
      throw new CaptureFailure(failure.code(), failure.message());
    }
    Set<CapturedTable> tables =
        ((Lookup.Answer<List<TableRef>>) lookup)
            .value().stream()
                .map(table -> new CapturedTable(table.schema(), table.table()))
                .filter(table -> scope.rules(table).isPresent())
                .collect(Collectors.toSet());
    return new Health(tables, Set.of(), Set.of(), -1, false);
  }
}
