package io.profilemesh.cli.mesh;

import io.profilemesh.cli.connection.JdbcAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The profiler's configuration for the shop, in the data directory. */
public final class ShopConfig {

  /** Name of the source in requests and dataset ids. */
  public static final String SOURCE = "shop";

  /** The table whose changes are followed. */
  public static final String CAPTURED = "public.seattle_weather";

  /** Publication that names it, made by the shop's owner. */
  public static final String PUBLICATION = "profilemesh_shop";

  /** Variable that the password of the source comes from. */
  public static final String PASSWORD_VARIABLE = "SHOP_PASSWORD";

  private ShopConfig() {}

  /** Where the file is. */
  public static Path file(Path dataDirectory) {
    return dataDirectory.resolve("profiler.yaml");
  }

  /** Writes the file for a shop read by a role. */
  public static Path write(Path dataDirectory, JdbcAddress shop, String role) {
    URI address = URI.create(shop.url().substring("jdbc:".length()));
    String database = address.getPath().substring(1);
    String yaml =
        """
        # Written by profilemesh at each start: the demo's shop, read by a role that may only look.
        # For sources of your own, write a file like this and run: profilemesh up --config FILE
        sources:
          %s:
            type: postgresql
            host: %s
            port: %d
            database: %s
            username: %s
            password: ${%s}
            capture: { publication: %s }
        datasets:
          # Profiled because its rows change, with no one asking.
          - source: %s
            table: %s
            capture: { quiet: 1s, min-interval: 1s }
            owner: shop-team
            tags: [demo]
          - source: %s
            include: ["public.*"]
            capture: off
            owner: shop-team
            tags: [demo]
        """
            .formatted(
                SOURCE,
                address.getHost(),
                address.getPort(),
                database,
                role,
                PASSWORD_VARIABLE,
                PUBLICATION,
                SOURCE,
                CAPTURED,
                SOURCE);
    try {
      return Files.writeString(file(dataDirectory), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file(dataDirectory), e);
    }
  }

  /** Forgets the file, when the profiler runs with another one. */
  public static void delete(Path dataDirectory) {
    try {
      Files.deleteIfExists(file(dataDirectory));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file(dataDirectory), e);
    }
  }
}
