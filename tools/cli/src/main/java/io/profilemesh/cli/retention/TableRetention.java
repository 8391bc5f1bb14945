package io.profilemesh.cli.retention;

import io.profilemesh.metadata.months.MonthlyTable;
import io.profilemesh.metadata.retention.Drop;
import io.profilemesh.metadata.retention.KeptTable;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The retention of one metadata database. Every method throws {@link io.profilemesh.cli.Failure}
 * when the database does not answer or refuses.
 */
public interface TableRetention {

  /** Every table with months. */
  List<KeptTable> status();

  /**
   * Says how long a table's rows are kept.
   *
   * @param days days, 1 or more; null: for good
   */
  void keep(MonthlyTable table, @Nullable Integer days, String by, Instant now);

  /** What would be dropped now. */
  List<Drop> due(Instant now);

  /** Drops it; {@code done} is told of each. */
  void apply(Instant now, String by, Consumer<Drop> done);
}
