package io.profilemesh.profiler.dialect;

import java.time.Duration;

/** MySQL 8 and later, and what speaks as it does, through MySQL's own driver. */
public final class MySqlDialect extends MySqlFamilyDialect {

  public MySqlDialect() {
    super(new MySqlCatalog(false));
  }

  @Override
  public String name() {
    return "mysql";
  }

  /** The driver's sign for handing over row by row. */
  @Override
  public int fetchSize() {
    return Integer.MIN_VALUE;
  }

  /** MySQL keeps statistics for a day; others have no such variable. */
  @Override
  String freshStatistics() {
    return "SET @profilemesh = 1 /*!80000 , SESSION information_schema_stats_expiry = 0 */";
  }

  /** Only MySQL has the variable; the comment hides it from others. */
  @Override
  String statementLimit(Duration time) {
    return " /*!50708 , SESSION max_execution_time = "
        + Math.min(Integer.MAX_VALUE, time.toMillis())
        + " */";
  }
}
