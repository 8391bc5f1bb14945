package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.TableProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Columns added, removed, of another type, with other rules for nulls, or in another place. A place
 * counts among the columns that both runs have, so one column more does not move all behind it.
 */
final class SchemaDetector {

  static final String NAME = "schema";
  static final String ADDED = "column_added";
  static final String REMOVED = "column_removed";
  static final String RENAMED = "column_renamed";
  static final String TYPE = "data_type";
  static final String NULLABILITY = "nullability";
  static final String POSITION = "position";

  private final AcceptedSchema accepted;
  private final TableProfile profile;
  private final Explanation explanation;
  private final List<Finding> findings = new ArrayList<>();

  private SchemaDetector(AcceptedSchema accepted, TableProfile profile, Explanation explanation) {
    this.accepted = accepted;
    this.profile = profile;
    this.explanation = explanation;
  }

  /**
   * Findings in the order of the columns: those of the run under test, then the removed ones.
   *
   * @param accepted what the columns should be
   * @param profile the run under test
   */
  static List<Finding> detect(
      AcceptedSchema accepted, TableProfile profile, Explanation explanation) {
    List<ColumnDefinition> current = profile.columns();
    SchemaDetector detector = new SchemaDetector(accepted, profile, explanation);
    accepted.renames().forEach(detector::renamed);
    Map<ColumnName, ColumnDefinition> before = byName(accepted.columns());
    Map<ColumnName, ColumnDefinition> now = byName(current);
    List<ColumnName> moved = moved(before, now);
    for (ColumnDefinition column : current) {
      ColumnDefinition old = before.get(column.name());
      if (old == null) {
        detector.added(column);
      } else {
        detector.compare(old, column, moved.contains(column.name()));
      }
    }
    accepted.columns().stream()
        .filter(column -> !now.containsKey(column.name()))
        .forEach(detector::removed);
    return detector.findings;
  }

  private void added(ColumnDefinition column) {
    add(
        column,
        ADDED,
        Severity.LOW,
        null,
        column.dataType(),
        "%s: column %s (%s) is new, it was not there %s%s."
            .formatted(
                explanation.table(),
                name(column),
                type(column),
                earlier(column),
                isEmpty(column) ? ": it has no values yet" : ""));
  }

  private boolean isEmpty(ColumnDefinition column) {
    return profile.rowCount() > 0
        && profile
            .column(column.name())
            .map(one -> one.number(Metric.NULL_COUNT).orElse(0) >= profile.rowCount())
            .orElse(false);
  }

  private void renamed(Rename rename) {
    String from = Explanation.name(rename.from().value());
    String to = Explanation.name(rename.to().value());
    add(
        new Finding(
            DriftKind.SCHEMA,
            rename.to(),
            RENAMED,
            NAME,
            Map.of("confidence", Numbers.plain(rename.confidence())),
            new Change.OfText(rename.from().value(), rename.to().value()),
            Severity.MEDIUM,
            ("%s: column %s seems to be called %s now (confidence %s): type, place and"
                    + " values are alike; its history goes on under the new name.")
                .formatted(explanation.table(), from, to, Numbers.plain(rename.confidence()))));
  }

  private void removed(ColumnDefinition column) {
    add(
        column,
        REMOVED,
        Severity.HIGH,
        column.dataType(),
        null,
        "%s: column %s (%s) is gone, it was still there %s."
            .formatted(explanation.table(), name(column), type(column), earlier(column)));
  }

  private void compare(ColumnDefinition before, ColumnDefinition now, boolean moved) {
    if (!before.dataType().equals(now.dataType())) {
      add(
          now,
          TYPE,
          Severity.HIGH,
          before.dataType(),
          now.dataType(),
          "%s of %s: the type is %s, it was %s %s."
              .formatted(name(now), explanation.table(), type(now), type(before), earlier(now)));
    }
    if (before.nullable() != null
        && now.nullable() != null
        && !before.nullable().equals(now.nullable())) {
      add(
          now,
          NULLABILITY,
          Severity.MEDIUM,
          nullability(before),
          nullability(now),
          "%s of %s: nulls are %s now, they were %s %s."
              .formatted(
                  name(now),
                  explanation.table(),
                  nullability(now),
                  nullability(before),
                  earlier(now)));
    }
    if (moved) {
      add(
          now,
          POSITION,
          Severity.LOW,
          Integer.toString(before.ordinal()),
          Integer.toString(now.ordinal()),
          ("%s of %s: the column is in place %d, it was in place %d %s: a load by position would"
                  + " mix up columns.")
              .formatted(
                  name(now), explanation.table(), now.ordinal(), before.ordinal(), earlier(now)));
    }
  }

  private void add(
      ColumnDefinition column,
      String what,
      Severity severity,
      @Nullable String before,
      @Nullable String now,
      String message) {
    add(
        new Finding(
            DriftKind.SCHEMA,
            column.name(),
            what,
            NAME,
            Map.of(),
            new Change.OfText(before, now),
            severity,
            message));
  }

  private void add(Finding finding) {
    ColumnName column = finding.column();
    findings.add(column == null ? finding : finding.after(accepted.former(column)));
  }

  /** What a column is compared with. */
  private String earlier(ColumnDefinition column) {
    Instant since = accepted.since().get(column.name());
    return since == null ? explanation.earlier() : Explanation.acceptedUntil(since);
  }

  private static String name(ColumnDefinition column) {
    return Explanation.name(column.name().value());
  }

  private static String type(ColumnDefinition column) {
    return Explanation.name(column.dataType());
  }

  private static String nullability(ColumnDefinition column) {
    return Boolean.TRUE.equals(column.nullable()) ? "allowed" : "forbidden";
  }

  private static Map<ColumnName, ColumnDefinition> byName(List<ColumnDefinition> columns) {
    Map<ColumnName, ColumnDefinition> byName = new LinkedHashMap<>();
    columns.forEach(column -> byName.put(column.name(), column));
    return byName;
  }

  /** The fewest columns whose move explains the new order. */
  private static List<ColumnName> moved(
      Map<ColumnName, ColumnDefinition> before, Map<ColumnName, ColumnDefinition> now) {
    Map<ColumnName, Integer> place = new LinkedHashMap<>();
    before.keySet().stream()
        .filter(now::containsKey)
        .forEach(name -> place.put(name, place.size()));
    List<ColumnName> common = now.keySet().stream().filter(place::containsKey).toList();
    List<ColumnName> moved = new ArrayList<>(common);
    moved.removeAll(LongestAscent.of(common, name -> place.getOrDefault(name, 0)));
    return moved;
  }
}
