package io.profilemesh.query.journal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that was answered.
 *
 * @param route method and path as the API has it
 * @param text path and parameters as they came
 * @param tables metadata tables that were read
 * @param rows items of the answer, or null
 * @param rowsWritten rows written to the metadata tables, or null
 * @param bytes bytes of the answer's body
 * @param errorType code of the problem, or null
 * @param errorText the problem in a sentence, or null
 */
record QueryEntry(
    Instant startedAt,
    String actor,
    String actorKind,
    String route,
    String text,
    int status,
    List<String> tables,
    @Nullable Long rows,
    @Nullable Long rowsWritten,
    long bytes,
    double durationMillis,
    Instant completedAt,
    @Nullable String errorType,
    @Nullable String errorText) {

  QueryEntry {
    tables = List.copyOf(tables);
  }
}
