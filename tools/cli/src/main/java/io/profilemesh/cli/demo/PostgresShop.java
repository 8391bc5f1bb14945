package io.profilemesh.cli.demo;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.connection.JdbcAddress;
import io.profilemesh.cli.demo.shop.Shop;
import io.profilemesh.cli.demo.shop.ShopSize;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** The shop in PostgreSQL. */
public final class PostgresShop implements ShopTables {

  private static final String LOADED =
      "SELECT (to_regclass('public.customers') IS NOT NULL AND to_regclass('public.products') IS"
          + " NOT NULL AND to_regclass('public.orders') IS NOT NULL)::int";

  private static final String COUNT =
      "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
          + " AND relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT relispartition";

  private final JdbcAddress owner;
  private final JdbcAddress superuser;
  private final ShopSize size;

  /**
   * @param owner the database, as its owner
   * @param superuser the same database, as one who may create roles
   */
  public PostgresShop(JdbcAddress owner, JdbcAddress superuser, ShopSize size) {
    this.owner = owner;
    this.superuser = superuser;
    this.size = size;
  }

  @Override
  public Map<String, Long> load() {
    return with(owner, connection -> new ShopLoad(connection).load(new Shop(size)));
  }

  @Override
  public int count() {
    return with(owner, connection -> number(connection, COUNT));
  }

  @Override
  public boolean isLoaded() {
    return with(owner, connection -> number(connection, LOADED) == 1);
  }

  private static int number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  @Override
  public ReadOnlyRole prepareReader() {
    String database = owner.url().substring(owner.url().lastIndexOf('/') + 1);
    return with(
        superuser, connection -> ReadOnlyRole.prepare(connection, database, owner.username()));
  }

  @Override
  public void damage() {
    with(
        owner,
        connection -> {
          BadLoad.run(connection, BadLoad.DAMAGES);
          return true;
        });
  }

  @Override
  public void damageUnasked() {
    with(
        owner,
        connection -> {
          BadLoad.run(connection, List.of(BadLoad.UNASKED));
          return true;
        });
  }

  private interface Work<T> {
    T with(Connection connection) throws SQLException, IOException;
  }

  private static <T> T with(JdbcAddress address, Work<T> work) {
    try (Connection connection =
        DriverManager.getConnection(address.url(), address.username(), address.password())) {
      return work.with(connection);
    } catch (SQLException | IOException e) {
      throw Failure.failed(
          "the shop's database says: " + e.getMessage(),
          "Look at its log, or begin anew with an empty directory: --data-dir DIR",
          e);
    }
  }
}
