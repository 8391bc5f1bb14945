package io.profilemesh.cli.demo.shop;

import java.time.LocalDate;

/**
 * How big a shop is.
 *
 * @param seed the same seed gives the same shop
 * @param customers number of customers
 * @param products number of products
 * @param ordersPerDay average number of orders a day
 * @param days number of days with orders
 * @param lastDay last day with orders
 */
public record ShopSize(
    long seed, int customers, int products, int ordersPerDay, int days, LocalDate lastDay) {

  public ShopSize {
    if (customers < 1 || products < 1 || ordersPerDay < 1 || days < 1) {
      throw new IllegalArgumentException("a shop has customers, products, orders and days");
    }
  }

  /** The shop of the demo. */
  public static ShopSize ofDemo(LocalDate lastDay) {
    return new ShopSize(20_261_120L, 4_200, 480, 3_000, 10, lastDay);
  }

  /** First day with orders. */
  public LocalDate firstDay() {
    return lastDay.minusDays(days - 1L);
  }
}
