package io.profilemesh.profiler.trigger;

import io.profilemesh.configuration.InvalidPatternException;
import io.profilemesh.configuration.PatternTooExpensiveException;
import io.profilemesh.configuration.SourceName;
import io.profilemesh.configuration.TablePattern;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.profiler.dialect.RelationKind;
import io.profilemesh.profiler.dialect.TableDescription;
import io.profilemesh.profiler.dialect.TableRef;
import io.profilemesh.profiler.source.ColumnSelection;
import io.profilemesh.profiler.source.TableCatalog;
import io.profilemesh.profiler.source.TableCatalog.Lookup;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the datasets a request means. */
final class RequestExpansion {

  private static final int MOST_DATASETS = 10_000;

  private final TableCatalog catalog;

  RequestExpansion(TableCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * What a request means.
   *
   * @param tables datasets with the tables they are of, in the order of the catalogue
   * @param missing tables asked for by name that are not there
   * @param vanished datasets that a pattern of the request once meant, whose table is gone
   */
  record Expansion(
      Map<DatasetId, TableRef> tables, List<DatasetId> missing, List<DatasetId> vanished) {

    static Expansion of(DatasetId dataset, TableRef table) {
      return new Expansion(Map.of(dataset, table), List.of(), List.of());
    }
  }

  /**
   * The datasets; at least one that is there, missing or gone.
   *
   * @param known datasets of the source that were read before
   */
  Expansion expand(SourceName source, ProfileRequest request, List<DatasetId> known)
      throws Declined {
    List<TablePattern> include = new ArrayList<>(List.of(parse(request.getTable())));
    for (String text : request.getTables()) {
      include.add(parse(text));
    }
    List<TablePattern> exclude = new ArrayList<>();
    for (String text : request.getExclude()) {
      exclude.add(parse(text));
    }
    try {
      return include.size() == 1
              && include.get(0) instanceof TablePattern.Exact exact
              && exact.schema() != null
          ? one(source, exact.schema(), exact.table(), request)
          : many(source, new Inclusion(include), exclude, known);
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
  private Expansion one(SourceName source, String schema, String table, ProfileRequest request)
      throws Declined {
    DatasetId dataset = DatasetId.of(source.value(), schema, table);
    Lookup<Optional<TableDescription>> lookup = catalog.describe(source, schema, table);
    if (lookup instanceof Lookup.Failure<Optional<TableDescription>> failure) {
      if (failure.isTransient() && !request.getDryRun()) {
        TableRef unseen = new TableRef(schema, table, RelationKind.TABLE);
        return Expansion.of(dataset, unseen);
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
    return Expansion.of(dataset, description.table());
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

  private Expansion many(
      SourceName source, Inclusion inclusion, List<TablePattern> exclude, List<DatasetId> known)
      throws Declined {
    Lookup<List<TableRef>> lookup = catalog.tables(source);
    if (lookup instanceof Lookup.Failure<List<TableRef>> failure) {
      throw new Declined(failure.code(), failure.message());
    }
    List<TableRef> all = ((Lookup.Answer<List<TableRef>>) lookup).value();
    Map<DatasetId, TableRef> datasets = new LinkedHashMap<>();
    for (TableRef table : all) {
      if (inclusion.matches(table.schema(), table.table())
          && exclude.stream().noneMatch(out -> out.matches(table.schema(), table.table()))) {
        datasets.put(DatasetId.of(source.value(), table.schema(), table.table()), table);
      }
    }
    List<DatasetId> missing = inclusion.missing(source, all);
    List<DatasetId> vanished = vanished(known, inclusion, exclude, all);
    if (datasets.isEmpty() && missing.isEmpty() && vanished.isEmpty()) {
      throw new Declined(
          ReasonCode.NO_MATCHING_TABLE,
          "No table of the source matches; patterns are case-sensitive and cover schema.table.");
    }
    if (datasets.size() + missing.size() > MOST_DATASETS) {
      throw new Declined(
          ReasonCode.INVALID_PATTERN,
          "The pattern matches more than 10,000 tables; ask for fewer at a time.");
    }
    return new Expansion(datasets, missing, vanished);
  }

  private static List<DatasetId> vanished(
      List<DatasetId> known,
      Inclusion inclusion,
      List<TablePattern> exclude,
      List<TableRef> tables) {
    Set<List<String>> there = new HashSet<>();
    tables.forEach(table -> there.add(List.of(table.schema(), table.table())));
    return known.stream()
        .filter(dataset -> !there.contains(List.of(dataset.schema(), dataset.table())))
        .filter(dataset -> inclusion.isPatterned(dataset.schema(), dataset.table()))
        .filter(
            dataset ->
                exclude.stream().noneMatch(out -> out.matches(dataset.schema(), dataset.table())))
        .toList();
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
