package io.profilemesh.cli.demo.shop;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the rows of a shop up: for the same size the same rows, on every machine. */
public final class Shop {

  private static final int CUSTOMERS = 1;
  private static final int PRODUCTS = 2;
  private static final int ORDERS = 3;

  private final ShopSize size;
  private final List<Product> products;

  public Shop(ShopSize size) {
    this.size = size;
    SplittableRandom random = random(PRODUCTS);
    this.products =
        IntStream.rangeClosed(1, size.products()).mapToObj(id -> product(id, random)).toList();
  }

  /** All customers, by id. */
  public Stream<Customer> customers() {
    SplittableRandom random = random(CUSTOMERS);
    return IntStream.rangeClosed(1, size.customers()).mapToObj(id -> customer(id, random));
  }

  /** All products, by id. */
  public Stream<Product> products() {
    return products.stream();
  }

  /** All orders, by day. */
  public Stream<Order> orders() {
    List<LocalDate> days = size.firstDay().datesUntil(size.lastDay().plusDays(1)).toList();
    SplittableRandom random = random(ORDERS);
    List<Order> orders = new ArrayList<>(size.ordersPerDay() * size.days());
    for (LocalDate day : days) {
      int ofDay = (int) (size.ordersPerDay() * weekday(day) * (0.97 + 0.06 * random.nextDouble()));
      for (int i = 0; i < ofDay; i++) {
        orders.add(order(100_000L + orders.size(), day, random));
      }
    }
    return orders.stream();
  }

  private Customer customer(int id, SplittableRandom random) {
    Country country = country(random);
    String given = pick(country.givenNames, random);
    String family = pick(country.familyNames, random);
    LocalDate signedUp = size.firstDay().minusDays((long) (1_800 * skewed(random)));
    return new Customer(
        id,
        given + " " + family,
        random.nextInt(100) < 98 ? Email.of(given, family, id, random) : null,
        random.nextInt(8) < 7 ? phone(country, random) : null,
        country.name(),
        pick(country.cities, random),
        signedUp,
        random.nextInt(100) < 38,
        (int) (4_000 * skewed(random) * skewed(random)));
  }

  private Product product(int id, SplittableRandom random) {
    Category category = Category.values()[id % Category.values().length];
    double span = category.highestPrice - category.lowestPrice;
    long wholeEuros = Math.round(category.lowestPrice + span * skewed(random));
    int weightSpan = category.heaviest - category.lightest;
    return new Product(
        id,
        String.format(
            java.util.Locale.ROOT, "%s-%05d", category.name().substring(0, 3), 10_000 + id * 37),
        category.name(id / Category.values().length),
        category.label,
        BigDecimal.valueOf(wholeEuros * 100 + priceEnding(random), 2),
        category.lightest + 10 * (int) (weightSpan / 10.0 * skewed(random)),
        random.nextInt(12) == 0 ? 0 : random.nextInt(1, 240),
        size.firstDay().minusDays(random.nextInt(30, 1_500)));
  }

  private Order order(long id, LocalDate day, SplittableRandom random) {
    Product product = products.get((int) (products.size() * skewed(random)));
    long customer = 1 + (long) (size.customers() * skewed(random));
    int quantity = quantity(random);
    int discount = random.nextInt(5) == 0 ? 10 : 0;
    BigDecimal price =
        product
            .price()
            .multiply(BigDecimal.valueOf(100 - discount, 2))
            .setScale(2, RoundingMode.HALF_UP);
    int age = (int) (size.lastDay().toEpochDay() - day.toEpochDay());
    int daysToShip = 1 + random.nextInt(3);
    boolean cancelled = random.nextInt(100) < 3;
    boolean shipped = !cancelled && age >= daysToShip;
    return new Order(
        id,
        customer,
        product.id(),
        quantity,
        price,
        price.multiply(BigDecimal.valueOf(quantity)),
        cancelled ? "cancelled" : status(age, shipped, random),
        day.atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(secondOfDay(random)),
        day,
        shipped ? day.plusDays(daysToShip) : null);
  }

  private static String status(int age, boolean shipped, SplittableRandom random) {
    if (!shipped) {
      return "paid";
    }
    if (age < 5) {
      return "shipped";
    }
    return random.nextInt(100) < 6 ? "returned" : "delivered";
  }

  private static Country country(SplittableRandom random) {
    int left = random.nextInt(100);
    for (Country country : Country.values()) {
      left -= country.share;
      if (left < 0) {
        return country;
      }
    }
    return Country.DE;
  }

  private static @Nullable String phone(Country country, SplittableRandom random) {
    return country.dialCode
        + " "
        + random.nextInt(100, 999)
        + " "
        + random.nextInt(100_000, 999_999);
  }

  /** Most people buy one thing, few buy many. */
  private static int quantity(SplittableRandom random) {
    int quantity = 1;
    while (quantity < 8 && random.nextInt(100) < 28) {
      quantity++;
    }
    return quantity;
  }

  /** Shops sell more towards the weekend. */
  private static double weekday(LocalDate day) {
    DayOfWeek weekday = day.getDayOfWeek();
    return switch (weekday) {
      case MONDAY, TUESDAY -> 0.94;
      case WEDNESDAY, THURSDAY -> 0.97;
      case FRIDAY -> 1.02;
      case SATURDAY -> 1.06;
      case SUNDAY -> 1.08;
    };
  }

  /**
   * Few at night, most in the evening: the middle of three draws leans to the middle of 6 to 24.
   */
  private static int secondOfDay(SplittableRandom random) {
    if (random.nextInt(100) < 4) {
      return random.nextInt(6 * 3_600);
    }
    double late = Math.max(random.nextDouble(), random.nextDouble());
    double middle = (late + random.nextDouble()) / 2;
    return (int) ((6 + 18 * middle) * 3_600);
  }

  private static int priceEnding(SplittableRandom random) {
    int[] endings = {99, 95, 90, 50, 0};
    return endings[(int) (endings.length * skewed(random))];
  }

  /** Between 0 and 1, small values oftener. */
  private static double skewed(SplittableRandom random) {
    double value = random.nextDouble();
    return value * value;
  }

  private static String pick(List<String> names, SplittableRandom random) {
    return names.get(random.nextInt(names.size()));
  }

  private SplittableRandom random(int table) {
    return new SplittableRandom(size.seed() * 31 + table);
  }
}
