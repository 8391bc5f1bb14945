package io.profilemesh.cli.demo.shop;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShopTest {

  private static final LocalDate LAST_DAY = LocalDate.of(2026, 11, 19);
  private static final Shop SHOP = new Shop(ShopSize.ofDemo(LAST_DAY));
  private static final List<Customer> CUSTOMERS = SHOP.customers().toList();
  private static final List<Product> PRODUCTS = SHOP.products().toList();
  private static final List<Order> ORDERS = SHOP.orders().toList();

  @Test
  void shouldMakeTheSameShopForTheSameSize() {
    Shop again = new Shop(ShopSize.ofDemo(LAST_DAY));

    assertThat(again.customers().toList()).isEqualTo(CUSTOMERS);
    assertThat(again.products().toList()).isEqualTo(PRODUCTS);
    assertThat(again.orders().toList()).isEqualTo(ORDERS);
    assertThat(SHOP.orders().toList()).as("asked twice").isEqualTo(ORDERS);
  }

  @Test
  void shouldMakeAnotherShopForAnotherSeed() {
    Shop other = new Shop(new ShopSize(1, 4_200, 480, 3_000, 10, LAST_DAY));

    assertThat(other.customers().toList()).isNotEqualTo(CUSTOMERS);
  }

  @Test
  void shouldBeAsBigAsTheStoryNeeds() {
    assertThat(CUSTOMERS).hasSizeBetween(2_000, 9_999);
    assertThat(PRODUCTS).hasSizeBetween(200, 999);
    assertThat(ORDERS).hasSizeBetween(20_000, 99_999);
  }

  @Test
  void shouldHoldAboutATenthOfTheOrdersInEveryDay() {
    Map<LocalDate, Long> days = ORDERS.stream().collect(groupingBy(Order::orderDay, counting()));

    assertThat(days.keySet())
        .containsExactlyInAnyOrderElementsOf(
            LAST_DAY.minusDays(9).datesUntil(LAST_DAY.plusDays(1)).toList());
    assertThat(days.values())
        .allSatisfy(count -> assertThat(100.0 * count / ORDERS.size()).isBetween(8.0, 12.0));
  }

  @Test
  void shouldGiveCustomersAddressesOfTheirOwnThatLeadNowhere() {
    List<String> emails =
        CUSTOMERS.stream().map(Customer::email).filter(email -> email != null).toList();

    assertThat(emails).doesNotHaveDuplicates();
    assertThat(emails).allMatch(email -> email.matches("[a-z0-9._]{3,60}@[a-z]+\\.example"));
    assertThat(100.0 * emails.size() / CUSTOMERS.size()).isBetween(96.0, 99.5);
  }

  @Test
  void shouldSpreadCustomersUnevenlyOverCountries() {
    Map<String, Long> countries =
        CUSTOMERS.stream().collect(groupingBy(Customer::country, counting()));

    assertThat(countries).hasSize(Country.values().length);
    assertThat(countries.get("DE")).isGreaterThan(5 * countries.get("SE"));
    assertThat(CUSTOMERS)
        .allMatch(customer -> Country.valueOf(customer.country()).cities.contains(customer.city()));
  }

  @Test
  void shouldNameAndPriceProductsLikeAShop() {
    assertThat(PRODUCTS).extracting(Product::name).doesNotHaveDuplicates();
    assertThat(PRODUCTS).extracting(Product::sku).doesNotHaveDuplicates();
    assertThat(PRODUCTS)
        .allMatch(product -> product.price().compareTo(BigDecimal.ONE) > 0)
        .allMatch(product -> product.price().compareTo(BigDecimal.valueOf(500)) < 0)
        .allMatch(product -> product.price().scale() == 2)
        .allMatch(product -> product.weightGrams() > 0 && product.inStock() >= 0);
  }

  @Test
  void shouldKeepOrdersConsistentWithTheOtherTables() {
    Map<Integer, BigDecimal> prices =
        PRODUCTS.stream().collect(Collectors.toMap(Product::id, Product::price));

    assertThat(ORDERS).extracting(Order::id).doesNotHaveDuplicates();
    assertThat(ORDERS)
        .allMatch(order -> order.customerId() >= 1 && order.customerId() <= CUSTOMERS.size())
        .allMatch(order -> order.unitPrice().compareTo(prices.get(order.productId())) <= 0)
        .allMatch(
            order ->
                order
                        .total()
                        .compareTo(order.unitPrice().multiply(BigDecimal.valueOf(order.quantity())))
                    == 0)
        .allMatch(
            order ->
                order.orderedAt().atZone(ZoneOffset.UTC).toLocalDate().equals(order.orderDay()));
  }

  @Test
  void shouldShipOnlyWhatCanHaveLeft() {
    assertThat(ORDERS)
        .filteredOn(order -> order.shippedOn() != null)
        .isNotEmpty()
        .allMatch(order -> order.shippedOn().isAfter(order.orderDay()))
        .allMatch(order -> !order.shippedOn().isAfter(LAST_DAY))
        .noneMatch(order -> order.status().equals("cancelled"));
    assertThat(ORDERS)
        .filteredOn(order -> order.orderDay().equals(LAST_DAY))
        .allMatch(order -> order.shippedOn() == null);
    assertThat(ORDERS)
        .extracting(Order::status)
        .contains("paid", "shipped", "delivered", "returned", "cancelled");
  }

  @Test
  void shouldSellSomeProductsFarOftenerThanOthers() {
    Map<Integer, Long> sold = ORDERS.stream().collect(groupingBy(Order::productId, counting()));
    List<Long> counts = sold.values().stream().sorted().toList();

    assertThat(counts.get(counts.size() - 1)).isGreaterThan(4 * counts.get(counts.size() / 2));
  }
}
