package io.profilemesh.profiler.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Global variables of MySQL and MariaDB, which every user may read. */
public final class MySqlVariables {

  private static final String ALL = "SHOW GLOBAL VARIABLES WHERE Variable_name = ?";

  private MySqlVariables() {}

  /** Values by names in lower case; unknown ones are left out. */
  public static Map<String, String> read(Connection connection, Collection<String> names)
      throws SQLException {
    Map<String, String> values = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(ALL)) {
      for (String name : names) {
        statement.setString(1, name);
        try (ResultSet row = statement.executeQuery()) {
          if (row.next()) {
            values.put(name, row.getString(2));
          }
        }
      }
    }
    return values;
  }
}
