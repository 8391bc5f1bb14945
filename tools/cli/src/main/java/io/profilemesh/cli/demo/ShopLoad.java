package io.profilemesh.cli.demo;

import io.profilemesh.cli.demo.shop.Customer;
import io.profilemesh.cli.demo.shop.Order;
import io.profilemesh.cli.demo.shop.Product;
import io.profilemesh.cli.demo.shop.Shop;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/** Fills the shop's tables from nothing, in one transaction, so that no reader sees half of it. */
final class ShopLoad {

  private final Connection connection;

  ShopLoad(Connection connection) {
    this.connection = connection;
  }

  /** Loads every table; returns the rows of each, in the order of loading. */
  Map<String, Long> load(Shop shop) throws SQLException, IOException {
    connection.setAutoCommit(false);
    try {
      Map<String, Long> rows = fill(shop);
      connection.commit();
      return rows;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private Map<String, Long> fill(Shop shop) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(Resource.text("tables.sql"));
    }
    Map<String, Long> rows = new LinkedHashMap<>();
    rows.put("customers", copy("public.customers", shop.customers().map(ShopLoad::row)));
    rows.put("products", copy("public.products", shop.products().map(ShopLoad::row)));
    rows.put("orders", copy("public.orders", shop.orders().map(ShopLoad::row)));
    rows.put("seattle_weather", copyFile("public.seattle_weather", "seattle-weather.csv"));
    rows.put("bird_strikes", copyFile("public.bird_strikes", "birdstrikes.csv"));
    return rows;
  }

  private long copy(String table, Stream<byte[]> rows) throws SQLException {
    CopyIn copy = copyManager().copyIn("COPY " + table + " FROM STDIN");
    try {
      for (byte[] row : (Iterable<byte[]>) rows::iterator) {
        copy.writeToCopy(row, 0, row.length);
      }
      return copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private long copyFile(String table, String resource) throws SQLException, IOException {
    try (InputStream csv = Resource.open(resource)) {
      return copyManager()
          .copyIn("COPY " + table + " FROM STDIN WITH (FORMAT csv, HEADER true)", csv);
    }
  }

  private CopyManager copyManager() throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  private static byte[] row(Customer customer) {
    return CopyText.row(
        customer.id(),
        customer.fullName(),
        customer.email(),
        customer.phone(),
        customer.country(),
        customer.city(),
        customer.signedUpOn(),
        customer.newsletter(),
        customer.loyaltyPoints());
  }

  private static byte[] row(Product product) {
    return CopyText.row(
        product.id(),
        product.sku(),
        product.name(),
        product.category(),
        product.price(),
        product.weightGrams(),
        product.inStock(),
        product.listedOn());
  }

  private static byte[] row(Order order) {
    return CopyText.row(
        order.id(),
        order.customerId(),
        order.productId(),
        order.quantity(),
        order.unitPrice(),
        order.total(),
        order.status(),
        order.orderedAt(),
        order.orderDay(),
        order.shippedOn());
  }

  /** A file that comes with the demo. */
  static final class Resource {

    private Resource() {}

    static InputStream open(String name) throws IOException {
      InputStream stream = ShopLoad.class.getResourceAsStream("/demo/" + name);
      if (stream == null) {
        throw new IOException("the file demo/" + name + " is missing from the program");
      }
      return stream;
    }

    static String text(String name) throws IOException {
      try (InputStream stream = open(name)) {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }
}
