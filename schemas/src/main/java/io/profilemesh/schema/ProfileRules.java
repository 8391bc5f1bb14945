package io.profilemesh.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules of profiles as a whole; {@link ColumnRules} has those of their columns. */
final class ProfileRules {

  private static final int MOST_PARTS = 10_000;

  private ProfileRules() {}

  static @Nullable String problem(TableProfile profile) {
    String problem = Parts.run(profile.getRunId(), profile.getRequestId(), profile.getDatasetId());
    problem = Parts.first(problem, identity(profile));
    problem = Parts.first(problem, times(profile));
    problem = Parts.first(problem, counts(profile));
    problem = Parts.first(problem, Parts.sampling(profile.getSampling()));
    problem = Parts.first(problem, definitions(profile));
    problem = Parts.first(problem, FactsRules.problem(profile));
    problem = Parts.first(problem, ColumnRules.metrics(profile.getTableMetrics()));
    return Parts.first(problem, columns(profile));
  }

  private static @Nullable String identity(TableProfile profile) {
    if (!Shapes.isName(profile.getEnvironment())) {
      return "environment is empty or not printable.";
    }
    if (profile.getAttempt() < 1) {
      return "attempt is below 1.";
    }
    int count = profile.getPartCount();
    if (count < 1 || count > MOST_PARTS) {
      return "partCount lies outside 1 to 10,000.";
    }
    if (profile.getPartIndex() < 0 || profile.getPartIndex() >= count) {
      return "partIndex lies outside the number of parts.";
    }
    String problem = Parts.people(profile.getRequester(), profile.getReason(), profile.getOwner());
    problem = Parts.first(problem, Parts.tags(profile.getTags()));
    return Parts.first(
        problem,
        Parts.names(
            profile.getDatasetId(),
            profile.getSource(),
            profile.getSchemaName(),
            profile.getTableName(),
            profile.getSliceName()));
  }

  private static @Nullable String times(TableProfile profile) {
    if (!Shapes.isInstant(profile.getScanStartedAt())
        || !Shapes.isInstant(profile.getScanEndedAt())
        || !Shapes.isInstantOrNull(profile.getNextRunExpectedAt())) {
      return "a time of the scan lies outside 1970 to 2100.";
    }
    if (profile.getScanEndedAt().isBefore(profile.getScanStartedAt())) {
      return "the scan ends before it starts.";
    }
    SlicePeriod slice = profile.getSlice();
    return slice == null || slice.getStart().isBefore(slice.getEnd())
        ? null
        : "the slice ends before it starts.";
  }

  private static @Nullable String counts(TableProfile profile) {
    Long bytes = profile.getBytesScanned();
    return profile.getRowCount() < 0 || profile.getRowsScanned() < 0 || (bytes != null && bytes < 0)
        ? "rowCount, rowsScanned or bytesScanned is negative."
        : null;
  }

  private static @Nullable String definitions(TableProfile profile) {
    List<ColumnDefinition> columns = profile.getColumns();
    if (profile.getPartIndex() > 0 && !columns.isEmpty()) {
      return "a part other than the first carries the column list.";
    }
    Set<String> names = new HashSet<>(columns.size() * 2);
    for (ColumnDefinition column : columns) {
      if (!Shapes.isName(column.getName()) || column.getOrdinal() < 1) {
        return "a column of the list lacks a printable name or a position.";
      }
      if (!names.add(column.getName())) {
        return "a column appears twice in the list.";
      }
    }
    String fingerprint = profile.getSchemaFingerprint();
    return fingerprint.isEmpty() || Shapes.isHex(fingerprint, 16)
        ? null
        : "schemaFingerprint is not 16 hexadecimal digits.";
  }

  private static @Nullable String columns(TableProfile profile) {
    List<ColumnProfile> columns = profile.getColumnProfiles();
    double rows = Math.max(profile.getRowCount(), profile.getRowsScanned());
    Set<String> names = new HashSet<>(columns.size() * 2);
    for (ColumnProfile column : columns) {
      if (!names.add(column.getColumn().getName())) {
        return "a column is profiled twice.";
      }
      String problem = ColumnRules.problem(column, rows);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }
}
