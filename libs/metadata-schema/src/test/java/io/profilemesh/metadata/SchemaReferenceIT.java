package io.profilemesh.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.stack.PostgresEndpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What is written down about the tables is what they are. Run with {@code
 * -Dprofilemesh.update=true} to write it down anew after a migration was added.
 */
class SchemaReferenceIT {

  private static final Path HOME = Path.of(System.getProperty("profilemesh.home"));
  private static final Path REFERENCE = HOME.resolve("docs/schema-reference.md");
  private static final Path SHAPE =
      HOME.resolve("libs/metadata-schema/src/main/resources/" + ExpectedShape.RESOURCE);
  private static final PostgresEndpoint DATABASE = Databases.fresh();

  @BeforeAll
  static void migrate() {
    Databases.migrations(DATABASE).apply(ApplyOptions.all());
  }

  @Test
  void shouldExpectTheShapeThatTheMigrationsGive() throws Exception {
    // when
    SortedMap<String, String> shape;
    try (Connection connection = DATABASE.connect()) {
      shape = DatabaseShape.of(connection);
    }

    // then
    compare(SHAPE, DatabaseShape.toText(shape));
  }

  @Test
  void shouldDocumentEveryTableAndColumn() throws Exception {
    // when
    String reference;
    try (Connection connection = DATABASE.connect()) {
      reference = SchemaReference.of(connection);
    }

    // then
    assertThat(reference).doesNotContain(SchemaReference.UNDOCUMENTED);
    compare(REFERENCE, reference);
  }

  private static void compare(Path file, String expected) throws Exception {
    if (Boolean.getBoolean("profilemesh.update")) {
      Files.writeString(file, expected);
    }
    assertThat(file).exists();
    assertThat(Files.readString(file)).isEqualTo(expected);
  }
}
