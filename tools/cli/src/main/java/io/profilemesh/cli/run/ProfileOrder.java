package io.profilemesh.cli.run;

import io.profilemesh.core.profile.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request to profile a table or the tables of a pattern.
 *
 * @param requestId identity of the request
 * @param source registered source
 * @param table table or pattern in it
 * @param exclude patterns of tables to leave out
 * @param includeColumns patterns of columns to profile; empty: all
 * @param excludeColumns patterns of columns to leave out
 * @param sampleFraction share of the rows, or null for what the configuration says
 * @param sampleSeed seed of the sample, or null for one that the profiler chooses
 * @param requester who asks
 * @param reason why, or null
 */
public record ProfileOrder(
    String requestId,
    String source,
    TableName table,
    List<String> exclude,
    List<String> includeColumns,
    List<String> excludeColumns,
    @Nullable Double sampleFraction,
    @Nullable Long sampleSeed,
    String requester,
    @Nullable String reason) {

  public ProfileOrder {
    exclude = List.copyOf(exclude);
    includeColumns = List.copyOf(includeColumns);
    excludeColumns = List.copyOf(excludeColumns);
  }

  /** A request without options. */
  public static ProfileOrder of(
      String requestId, String source, TableName table, String requester, @Nullable String reason) {
    return new ProfileOrder(
        requestId, source, table, List.of(), List.of(), List.of(), null, null, requester, reason);
  }

  /** The run that the request leads to: the same whoever derives it. */
  public RunId runId() {
    return RunId.derivedFrom(requestId);
  }
}
