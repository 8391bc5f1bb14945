package io.profilemesh.cli.demo;

import io.profilemesh.cli.mesh.ShopConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A night of loads that go wrong the way loads go wrong: silently. */
public final class BadLoad {

  /** What goes wrong, in order. */
  public static final List<Damage> DAMAGES =
      List.of(
          new Damage(
              "public.customers",
              "an import loses every third e-mail address",
              "UPDATE public.customers SET email = NULL WHERE customer_id % 3 = 0"),
          new Damage(
              "public.products",
              "a supplier sends prices in cents instead of euros",
              "UPDATE public.products SET price = price * 100"),
          new Damage(
              "public.products",
              "its new format has no weight_grams any more ...",
              "ALTER TABLE public.products DROP COLUMN weight_grams"),
          new Damage(
              "public.products",
              "... but brings a column colour, still empty",
              "ALTER TABLE public.products ADD COLUMN colour text"),
          new Damage(
              "public.orders",
              "the file of the last day is loaded twice",
              "INSERT INTO public.orders SELECT * FROM public.orders"
                  + " WHERE order_day = (SELECT max(order_day) FROM public.orders)"));

  /** What goes wrong while nobody looks. */
  public static final Damage UNASKED =
      new Damage(
          ShopConfig.CAPTURED,
          "a new station sends three years in Fahrenheit instead of Celsius",
          "INSERT INTO public.seattle_weather SELECT date + 1461, precipitation,"
              + " temp_max * 1.8 + 32, temp_min * 1.8 + 32, wind, weather"
              + " FROM public.seattle_weather WHERE date < date '2015-01-01'");

  private BadLoad() {}

  /** Does all of it in one transaction. */
  static void run(Connection connection, List<Damage> damages) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (Damage damage : damages) {
        statement.execute(damage.sql());
      }
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
  }
}
