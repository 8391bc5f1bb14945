package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.ComputedColumn;
import io.profilemesh.core.profile.ComputedColumn.Distinct;
import io.profilemesh.core.profile.ComputedColumn.Frequent;
import io.profilemesh.profiler.dialect.PushdownDialect;
import io.profilemesh.profiler.dialect.SourceColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A column of truth values: all follows from how many are true. */
final class PushdownTruths extends PushdownColumn {

  private int truesAt;
  private long trues;

  PushdownTruths(PushdownDialect dialect, SourceColumn column, ScanRequest request) {
    super(dialect, column, request);
  }

  @Override
  Optional<String> countedAs() {
    return Optional.empty();
  }

  @Override
  void selectMore(PushdownSelect select) {
    truesAt = select.countIf(name);
  }

  @Override
  void readMore(ResultSet row) throws SQLException {
    trues = row.getLong(truesAt);
  }

  @Override
  ComputedColumn.@Nullable Values values() {
    return new ComputedColumn.Truths(trues);
  }

  @Override
  @Nullable Distinct distinct() {
    return new Distinct((trues > 0 ? 1 : 0) + (count() > trues ? 1 : 0), 0);
  }

  @Override
  List<Frequent> frequentValues(List<Frequent> found) {
    return Stream.of(new Frequent("true", trues), new Frequent("false", count() - trues))
        .filter(value -> value.count() > 0)
        .sorted(Comparator.comparingLong(Frequent::count).reversed())
        .toList();
  }
}
