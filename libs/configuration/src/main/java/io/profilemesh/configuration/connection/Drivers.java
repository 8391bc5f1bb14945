package io.profilemesh.configuration.connection;

import io.profilemesh.configuration.SourceType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Finds JDBC drivers: those of the class path, then those of the jars in some directories, which
 * share one class loader. Safe for use by many threads.
 */
public final class Drivers {

  private final List<Driver> drivers;
  private final List<Path> directories;

  private Drivers(List<Driver> drivers, List<Path> directories) {
    this.drivers = List.copyOf(drivers);
    this.directories = List.copyOf(directories);
  }

  /**
   * Looks for drivers.
   *
   * @param directories of jars; those that do not exist are passed over
   */
  public static Drivers in(List<Path> directories) {
    List<Driver> found = new ArrayList<>();
    collect(Drivers.class.getClassLoader(), found);
    URL[] jars = jars(directories);
    if (jars.length > 0) {
      // Open as long as the process: connections load classes late.
      collect(new URLClassLoader(jars, Drivers.class.getClassLoader()), found);
    }
    return new Drivers(found, directories);
  }

  /** The driver that understands an URL; empty when there is none. */
  public Optional<Driver> forUrl(String url) {
    return drivers.stream().filter(driver -> accepts(driver, url)).findFirst();
  }

  /** What to do about a missing driver, in one sentence. */
  public String remedy(SourceType type) {
    return "The driver of "
        + type
        + " is not there: put "
        + jar(type)
        + " into "
        + String.join(" or ", directories.stream().map(Path::toString).toList())
        + " (PROFILEMESH_DRIVERS) and start again.";
  }

  private static String jar(SourceType type) {
    return switch (type) {
      case POSTGRESQL -> "postgresql-<version>.jar";
      case MYSQL -> "mysql-connector-j-<version>.jar";
      case MARIADB -> "mariadb-java-client-<version>.jar";
      case SQLITE -> "sqlite-jdbc-<version>.jar";
      case DUCKDB, FILES -> "duckdb_jdbc-<version>.jar";
      case SNOWFLAKE -> "snowflake-jdbc-<version>.jar";
      case BIGQUERY -> "the jars of the JDBC driver for BigQuery";
      case REDSHIFT -> "redshift-jdbc42-<version>.jar with what it depends on";
    };
  }

  private static void collect(ClassLoader loader, List<Driver> found) {
    var services = ServiceLoader.load(Driver.class, loader).iterator();
    while (true) {
      try {
        if (!services.hasNext()) {
          return;
        }
        Driver driver = services.next();
        if (found.stream().noneMatch(known -> known.getClass() == driver.getClass())) {
          found.add(driver);
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        // One driver that cannot be loaded must not hide the others.
        continue;
      }
    }
  }

  private static URL[] jars(List<Path> directories) {
    List<URL> jars = new ArrayList<>();
    for (Path directory : directories) {
      if (Files.isDirectory(directory)) {
        try (Stream<Path> files = Files.list(directory)) {
          for (Path file :
              files.filter(path -> path.toString().endsWith(".jar")).sorted().toList()) {
            jars.add(file.toUri().toURL());
          }
        } catch (MalformedURLException e) {
          throw new UncheckedIOException(e);
        } catch (IOException e) {
          throw new UncheckedIOException("cannot read " + directory, e);
        }
      }
    }
    return jars.toArray(new URL[0]);
  }

  private static boolean accepts(Driver driver, String url) {
    try {
      return driver.acceptsURL(url);
    } catch (SQLException e) {
      return false;
    }
  }
}
