package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.ComputedColumn;
import io.profilemesh.profiler.dialect.PushdownDialect;
import io.profilemesh.profiler.dialect.SourceColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A column of values of which only the size is looked at. */
final class PushdownSizes extends PushdownColumn {

  private final Optional<String> size;
  private int smallestAt;
  private int largestAt;
  private int averageAt;
  private ComputedColumn.@Nullable Sizes sizes;

  PushdownSizes(PushdownDialect dialect, SourceColumn column, ScanRequest request) {
    super(dialect, column, request);
    this.size = dialect.size(column);
  }

  @Override
  void selectMore(PushdownSelect select) {
    if (size.isPresent()) {
      smallestAt = select.add("MIN(" + size.get() + ")");
      largestAt = select.add("MAX(" + size.get() + ")");
      averageAt = select.add("AVG(" + dialect.asDouble(size.get()) + ")");
    }
  }

  @Override
  void readMore(ResultSet row) throws SQLException {
    if (size.isPresent()) {
      sizes =
          new ComputedColumn.Sizes(
              row.getLong(smallestAt), row.getLong(largestAt), row.getDouble(averageAt));
    }
  }

  @Override
  ComputedColumn.@Nullable Values values() {
    return sizes;
  }
}
