package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.ComputedColumn;
import io.profilemesh.profiler.dialect.PushdownDialect;
import io.profilemesh.profiler.dialect.SourceColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A column of texts. */
final class PushdownTexts extends PushdownColumn {

  /** As much of the extremes as a row-by-row scan keeps at most. */
  private static final int KEPT = 256;

  private int shortestAt;
  private int longestAt;
  private int averageAt;
  private int emptyAt;
  private int blankAt;
  private int minAt;
  private int maxAt;
  private ComputedColumn.@Nullable Texts texts;

  PushdownTexts(PushdownDialect dialect, SourceColumn column, ScanRequest request) {
    super(dialect, column, request);
  }

  @Override
  Optional<String> frequentText() {
    return Optional.of(name);
  }

  @Override
  void selectMore(PushdownSelect select) {
    String length = "LENGTH(" + name + ")";
    shortestAt = select.add("MIN(" + length + ")");
    longestAt = select.add("MAX(" + length + ")");
    averageAt = select.add("AVG(" + dialect.asDouble(length) + ")");
    emptyAt = select.countIf(length + " = 0");
    blankAt = select.countIf("TRIM(" + name + ") = ''");
    minAt = select.add("MIN(SUBSTR(" + name + ", 1, " + KEPT + "))");
    maxAt = select.add("MAX(SUBSTR(" + name + ", 1, " + KEPT + "))");
  }

  @Override
  void readMore(ResultSet row) throws SQLException {
    String min = row.getString(minAt);
    String max = row.getString(maxAt);
    texts =
        new ComputedColumn.Texts(
            row.getLong(shortestAt),
            row.getLong(longestAt),
            row.getDouble(averageAt),
            row.getLong(emptyAt),
            row.getLong(blankAt),
            min == null ? "" : min,
            max == null ? "" : max);
  }

  @Override
  ComputedColumn.@Nullable Values values() {
    return texts;
  }
}
