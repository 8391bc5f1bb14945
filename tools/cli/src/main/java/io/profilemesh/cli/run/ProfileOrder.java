package io.profilemesh.cli.run;

import io.profilemesh.core.profile.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request to profile a table or the tables of a pattern.
 *
 * @param requestId identity of the request
 * @param source registered source
 * @param table table or pattern in it
 * @param more further tables and patterns of the same request
 * @param exclude patterns of tables to leave out
 * @param includeColumns patterns of columns to profile; empty: all
 * @param excludeColumns patterns of columns to leave out
 * @param sampleFraction share of the rows, or null for what the configuration says
 * @param sampleSeed seed of the sample, or null for one that the profiler chooses
 * @param periods newest closed periods of the slice, or null for the newest one
 * @param span periods of the slice by their time, or null for the newest
 * @param dryRun whether only the plan is wanted
 * @param requester who asks
 * @param reason why, or null
 */
public record ProfileOrder(
    String requestId,
    String source,
    TableName table,
    List<String> more,
    List<String> exclude,
    List<String> includeColumns,
    List<String> excludeColumns,
    @Nullable Double sampleFraction,
    @Nullable Long sampleSeed,
    @Nullable Integer periods,
    @Nullable Span span,
    boolean dryRun,
    String requester,
    @Nullable String reason) {

  /**
   * A time whose periods are meant.
   *
   * @param from first instant that belongs to it
   * @param to first instant that no longer does
   */
  public record Span(Instant from, Instant to) {}

  public ProfileOrder {
    more = List.copyOf(more);
    exclude = List.copyOf(exclude);
    includeColumns = List.copyOf(includeColumns);
    excludeColumns = List.copyOf(excludeColumns);
  }

  /** A request without options. */
  public static ProfileOrder of(
      String requestId, String source, TableName table, String requester, @Nullable String reason) {
    return new ProfileOrder(
        requestId, source, table, List.of(), List.of(), List.of(), List.of(), null, null, null,
        null, false, requester, reason);
  }

  /** What a plan is asked by: tables of one source, all at once. */
  public static ProfileOrder plan(
      String requestId,
      String source,
      TableName table,
      List<String> more,
      List<String> exclude,
      @Nullable Integer periods,
      @Nullable Span span,
      String requester) {
    return new ProfileOrder(
        requestId, source, table, more, exclude, List.of(), List.of(), null, null, periods, span,
        true, requester, null);
  }

  /** Whether it may lead to several runs. */
  public boolean isMany() {
    return table.isPattern() || !more.isEmpty() || periods != null || span != null;
  }

  /** The run that the request leads to: the same whoever derives it. */
  public RunId runId() {
    return RunId.derivedFrom(requestId);
  }
}
