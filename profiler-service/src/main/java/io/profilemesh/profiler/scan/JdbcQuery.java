package io.profilemesh.profiler.scan;

import io.profilemesh.profiler.dialect.JdbcDialect;
import io.profilemesh.profiler.dialect.JdbcDialect.SampleClause;
import io.profilemesh.profiler.dialect.SourceColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The SELECT that reads columns of a table: one expression per column, then whole numbers whose
 * bits say which cells of the row their encoding cannot hold.
 */
final class JdbcQuery {

  /** Bits of one whole number, the sign left alone. */
  static final int BITS = 62;

  private final JdbcDialect dialect;
  private final ScanRequest request;
  private final List<SourceColumn> columns;

  JdbcQuery(JdbcDialect dialect, ScanRequest request, List<SourceColumn> columns) {
    this.dialect = dialect;
    this.request = request;
    this.columns = columns;
  }

  /** Columns that say of each row whether it fits, in the order of their bits. */
  List<Integer> checked() {
    List<Integer> checked = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (dialect.misfit(columns.get(i)).isPresent()) {
        checked.add(i);
      }
    }
    return checked;
  }

  /** Whether the engine chooses the rows; else {@link #sql()} gives all of them. */
  boolean choosesRows() {
    return !isByChance() || clause().isPresent();
  }

  String sql() {
    List<String> expressions = new ArrayList<>();
    columns.forEach(column -> expressions.add(dialect.expression(column)));
    expressions.addAll(masks());
    if (expressions.isEmpty()) {
      expressions.add("1");
    }
    return "SELECT " + String.join(", ", expressions) + rows();
  }

  /** Counts the distinct values of a column over all rows that are read, in the source. */
  String countDistinct(SourceColumn column) {
    return "SELECT count(DISTINCT " + dialect.distinctExpression(column) + ")" + rows();
  }

  private List<String> masks() {
    List<String> masks = new ArrayList<>();
    List<Integer> checked = checked();
    for (int from = 0; from < checked.size(); from += BITS) {
      List<String> terms = new ArrayList<>();
      for (int i = from; i < Math.min(checked.size(), from + BITS); i++) {
        String condition = dialect.misfit(columns.get(checked.get(i))).orElseThrow();
        terms.add("CASE WHEN " + condition + " THEN " + (1L << (i - from)) + " ELSE 0 END");
      }
      masks.add(String.join(" + ", terms));
    }
    return masks;
  }

  /** From FROM on. */
  String rows() {
    Optional<SampleClause> sample = isByChance() ? clause() : Optional.empty();
    List<String> conditions = new ArrayList<>();
    ScanSlice slice = request.slice();
    if (slice != null) {
      SourceColumn column = request.table().column(slice.column()).orElseThrow();
      conditions.add(dialect.within(column, slice.start(), slice.end()));
    }
    sample.map(SampleClause::condition).filter(text -> !text.isEmpty()).ifPresent(conditions::add);
    @Nullable Long limit = request.sampling().rowLimit();
    return " FROM "
        + dialect.from(request.table().table())
        + sample.map(SampleClause::afterTable).orElse("")
        + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
        + (limit == null ? "" : " LIMIT " + limit);
  }

  /** Whether {@link #rows()} ends with a condition. */
  boolean isFiltered() {
    return request.slice() != null
        || (isByChance() && clause().map(sample -> !sample.condition().isEmpty()).orElse(false));
  }

  private boolean isByChance() {
    return request.sampling().seed() != null;
  }

  private Optional<SampleClause> clause() {
    ScanSampling sampling = request.sampling();
    Long seed = sampling.seed();
    if (seed == null) {
      return Optional.empty();
    }
    return sampling.method() == ScanSampling.Method.BLOCK
        ? dialect.sampleBlocks(sampling.fraction(), seed)
        : dialect.sampleRows(sampling.fraction(), seed);
  }
}
