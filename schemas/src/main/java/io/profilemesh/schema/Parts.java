package io.profilemesh.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules of what several records have in common: each gives a sentence, or null when all is well.
 */
final class Parts {

  static final int LONGEST_REQUEST_ID = 200;
  static final int LONGEST_PERSON = 200;
  static final int LONGEST_REASON = 1_000;
  static final int LONGEST_MESSAGE = 10_000;
  private static final int MOST_TAGS = 100;

  private Parts() {}

  /** First of several sentences. */
  static @Nullable String first(@Nullable String one, @Nullable String other) {
    return one == null ? other : one;
  }

  /** Identity of a run of one dataset. */
  static @Nullable String run(String runId, String requestId, String datasetId) {
    if (!Shapes.isUuid(runId)) {
      return "runId is no UUID.";
    }
    if (requestId.isEmpty() || !Shapes.isText(requestId, LONGEST_REQUEST_ID)) {
      return "requestId is empty, too long or not printable.";
    }
    return Shapes.isDatasetId(datasetId)
        ? null
        : "datasetId is not of the form source/schema/table.";
  }

  /** The names of a dataset, which its id repeats in an escaped form. */
  static @Nullable String names(
      String datasetId, String source, String schema, String table, @Nullable String slice) {
    if (!Shapes.isName(source) || !Shapes.isName(table)) {
      return "source or tableName is empty, too long or holds NUL.";
    }
    if (!Shapes.isNameOrEmpty(schema) || (slice != null && !Shapes.isName(slice))) {
      return "schemaName or sliceName is too long or holds NUL.";
    }
    return datasetId.indexOf('%') >= 0 || agrees(datasetId, source, schema, table, slice)
        ? null
        : "datasetId and the names beside it disagree.";
  }

  static @Nullable String people(
      @Nullable String requester, @Nullable String reason, @Nullable String owner) {
    return Shapes.isText(requester, LONGEST_PERSON)
            && Shapes.isText(reason, LONGEST_REASON)
            && Shapes.isText(owner, LONGEST_PERSON)
        ? null
        : "requester, reason or owner is too long or not printable.";
  }

  static @Nullable String tags(List<String> tags) {
    return tags.size() <= MOST_TAGS && tags.stream().allMatch(Shapes::isName)
        ? null
        : "tags are too many, empty, too long or not printable.";
  }

  static @Nullable String sampling(@Nullable Sampling sampling) {
    if (sampling == null) {
      return null;
    }
    double fraction = sampling.getFraction();
    if (!(fraction > 0 && fraction <= 1)) {
      return "sampling.fraction must be above 0 and at most 1.";
    }
    Long limit = sampling.getRowLimit();
    return limit == null || limit >= 1 ? null : "sampling.rowLimit must be at least 1.";
  }

  private static boolean agrees(
      String id, String source, String schema, String table, @Nullable String slice) {
    int schemaAt = source.length() + 1;
    int tableAt = schemaAt + schema.length() + 1;
    int end = tableAt + table.length();
    return id.length() == end + (slice == null ? 0 : slice.length() + 1)
        && id.startsWith(source)
        && id.startsWith(schema, schemaAt)
        && id.startsWith(table, tableAt)
        && id.charAt(schemaAt - 1) == '/'
        && id.charAt(tableAt - 1) == '/'
        && (slice == null || (id.charAt(end) == '@' && id.endsWith(slice)));
  }
}
