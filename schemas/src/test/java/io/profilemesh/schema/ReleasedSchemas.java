package io.profilemesh.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** The schemas of every release, kept under {@code schemas/released/<version>}. */
final class ReleasedSchemas {

  private static final Path ROOT = Contract.module().resolve("released");

  private ReleasedSchemas() {}

  /**
   * Keeps today's schemas as a release: {@code ./mvnw -pl schemas test -Dtest=CompatibilityTest
   * -Dschemas.release=<version>}.
   */
  static void keep(String version) {
    try {
      Path folder = Files.createDirectories(ROOT.resolve(version));
      for (Class<? extends SpecificRecord> type : Contract.records()) {
        Schema schema = SpecificData.get().getSchema(type);
        Files.writeString(folder.resolve(schema.getName() + ".avsc"), pretty(schema));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> versions() {
    return list(ROOT);
  }

  static List<Schema> of(Path version) {
    return list(version).stream().map(ReleasedSchemas::read).toList();
  }

  private static String pretty(Schema schema) {
    return schema
            .toString(true)
            .replaceAll(
                "\\{\\s*\"type\" : \"string\",\\s*\"avro.java.string\" : \"String\"\\s*}",
                "\"string\"")
            .replaceAll(",\\s*\"avro.java.string\" : \"String\"", "")
        + "\n";
  }

  private static Schema read(Path file) {
    try {
      return new Schema.Parser().parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
