package io.profilemesh.profiler.dialect;

import java.time.Duration;

/** MariaDB 10.6 and later. */
public final class MariaDbDialect extends MySqlFamilyDialect {

  private static final int ROWS_AT_ONCE = 1_000;

  public MariaDbDialect() {
    super(new MySqlCatalog(true));
  }

  @Override
  public String name() {
    return "mariadb";
  }

  @Override
  public int fetchSize() {
    return ROWS_AT_ONCE;
  }

  @Override
  String freshStatistics() {
    return "";
  }

  @Override
  String statementLimit(Duration time) {
    return ", SESSION max_statement_time = " + time.toMillis() / 1000.0;
  }
}
