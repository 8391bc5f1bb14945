package io.profilemesh.profiler.trigger;

import io.profilemesh.configuration.InvalidPatternException;
import io.profilemesh.configuration.PatternTooExpensiveException;
import io.profilemesh.configuration.SourceName;
import io.profilemesh.configuration.TablePattern;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.profiler.dialect.TableDescription;
import io.profilemesh.profiler.dialect.TableRef;
import io.profilemesh.profiler.source.ColumnSelection;
import io.profilemesh.profiler.source.TableCatalog;
import io.profilemesh.profiler.source.TableCatalog.Lookup;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the datasets a request means. */
final class RequestExpansion {

  private static final int MOST_DATASETS = 10_000;

  private final TableCatalog catalog;

  RequestExpansion(TableCatalog catalog) {
    this.catalog = catalog;
  }

  /** The datasets in the order of the catalogue; at least one. */
  List<DatasetId> expand(SourceName source, ProfileRequest request) throws Declined {
    TablePattern pattern = parse(request.getTable());
    List<TablePattern> exclude = new ArrayList<>();
    for (String text : request.getExclude()) {
      exclude.add(parse(text));
    }
    try {
      return pattern instanceof TablePattern.Exact exact && exact.schema() != null
          ? List.of(one(source, exact.schema(), exact.table(), request))
          : many(source, pattern, exclude);
    } catch (PatternTooExpensiveException e) {
      throw new Declined(
          ReasonCode.INVALID_PATTERN,
          "The regular expression takes too many steps; make it simpler.");
    }
  }

  /**
   * A table given by its full name is accepted without the catalogue when the source cannot be
   * asked now: the worker retries, and other sources' requests need not wait.
   */
  private DatasetId one(SourceName source, String schema, String table, ProfileRequest request)
      throws Declined {
    DatasetId dataset = DatasetId.of(source.value(), schema, table);
    Lookup<Optional<TableDescription>> lookup = catalog.describe(source, schema, table);
    if (lookup instanceof Lookup.Failure<Optional<TableDescription>> failure) {
      if (failure.isTransient()) {
        return dataset;
      }
      throw new Declined(failure.code(), failure.message());
    }
    TableDescription description =
        ((Lookup.Answer<Optional<TableDescription>>) lookup)
            .value()
            .orElseThrow(
                () ->
                    new Declined(
                        ReasonCode.NO_MATCHING_TABLE,
                        "The source has no such table, or its user may not see it; names are"
                            + " case-sensitive."));
    checkColumns(request.getOptions(), description);
    return dataset;
  }

  private static void checkColumns(@Nullable RunOptions options, TableDescription table)
      throws Declined {
    if (options == null) {
      return;
    }
    Optional<String> unknown =
        new ColumnSelection(options.getIncludeColumns(), options.getExcludeColumns())
            .unknownIn(table);
    if (unknown.isPresent()) {
      throw new Declined(
          ReasonCode.UNKNOWN_COLUMN,
          "The table has no column '"
              + PrintableText.of(unknown.get(), 100)
              + "'; names are case-sensitive.");
    }
  }

  private List<DatasetId> many(SourceName source, TablePattern pattern, List<TablePattern> exclude)
      throws Declined {
    Lookup<List<TableRef>> lookup = catalog.tables(source);
    if (lookup instanceof Lookup.Failure<List<TableRef>> failure) {
      throw new Declined(failure.code(), failure.message());
    }
    List<DatasetId> datasets = new ArrayList<>();
    for (TableRef table : ((Lookup.Answer<List<TableRef>>) lookup).value()) {
      if (pattern.matches(table.schema(), table.table())
          && exclude.stream().noneMatch(out -> out.matches(table.schema(), table.table()))) {
        datasets.add(DatasetId.of(source.value(), table.schema(), table.table()));
      }
    }
    if (datasets.isEmpty()) {
      throw new Declined(
          ReasonCode.NO_MATCHING_TABLE,
          "No table of the source matches; patterns are case-sensitive and cover schema.table.");
    }
    if (datasets.size() > MOST_DATASETS) {
      throw new Declined(
          ReasonCode.INVALID_PATTERN,
          "The pattern matches more than 10,000 tables; ask for fewer at a time.");
    }
    return datasets;
  }

  private static TablePattern parse(String text) throws Declined {
    try {
      return TablePattern.parse(text);
    } catch (InvalidPatternException e) {
      String message = e.getMessage();
      throw new Declined(ReasonCode.INVALID_PATTERN, sentence(message == null ? "" : message));
    }
  }

  private static String sentence(String message) {
    return message.isEmpty()
        ? "The table pattern is invalid."
        : Character.toUpperCase(message.charAt(0)) + message.substring(1) + '.';
  }
}
