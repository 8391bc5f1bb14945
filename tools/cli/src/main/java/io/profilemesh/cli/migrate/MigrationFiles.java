package io.profilemesh.cli.migrate;

import io.profilemesh.cli.Failure;
import io.profilemesh.metadata.MigrationTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The migrations of a checkout, as files. */
public final class MigrationFiles {

  private static final String CHECKOUT = "libs/metadata-schema/src/main/resources/db/migration";
  private static final Pattern NAME = Pattern.compile("V([0-9]+)__.*[.]sql");

  private final @Nullable Path home;

  /**
   * @param home root of the checkout; null: not known
   */
  public MigrationFiles(@Nullable Path home) {
    this.home = home;
  }

  /**
   * Writes the beginning of the next migration; gives its file.
   *
   * @param directory where the migrations are; null: in the checkout
   */
  public Path create(@Nullable Path directory, String description) {
    Path migrations = directory == null ? checkout() : directory;
    try {
      MigrationTemplate template = MigrationTemplate.of(newest(migrations) + 1, description);
      return Files.writeString(
          migrations.resolve(template.fileName()), template.text(), StandardOpenOption.CREATE_NEW);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()), "Say what the migration does.");
    } catch (IOException e) {
      throw Failure.failed(
          "the migration cannot be written: " + e.getMessage(), "Look at " + migrations + ".", e);
    }
  }

  private Path checkout() {
    Path migrations = home == null ? null : home.resolve(CHECKOUT);
    if (migrations == null || !Files.isDirectory(migrations)) {
      throw Failure.usage("this is no checkout", "Say where the migrations are: --directory DIR");
    }
    return migrations;
  }

  private static int newest(Path migrations) throws IOException {
    try (Stream<Path> files = Files.list(migrations)) {
      return files
          .map(file -> NAME.matcher(String.valueOf(file.getFileName())))
          .filter(Matcher::matches)
          .mapToInt(name -> Integer.parseInt(name.group(1)))
          .max()
          .orElse(0);
    }
  }
}
