package io.profilemesh.schema.serde;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * Which writers' schemas a reader accepts. A registry is open to many, so a schema is judged before
 * its first record: records that contain themselves would let a few bytes nest without end, items
 * of no size would let them repeat without end.
 */
final class WriterSchemas {

  private static final int DEEPEST = 40;
  private static final int LARGEST_FIXED = 64 * 1024;

  private WriterSchemas() {}

  /** Why records of this writer are refused, in one sentence; empty when they are accepted. */
  static Optional<String> objection(Schema writer, Schema reader) {
    if (writer == UnusableSchema.SCHEMA) {
      return Optional.of("the schema id stands for a text that is no usable Avro schema");
    }
    if (writer.getType() != Schema.Type.RECORD
        || !writer.getFullName().equals(reader.getFullName())) {
      return Optional.of("the schema id stands for another type than " + reader.getName());
    }
    if (!bounded(writer, new HashSet<>(), 0)) {
      return Optional.of("the schema id stands for a schema whose records know no bounds");
    }
    boolean compatible =
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType()
            == SchemaCompatibilityType.COMPATIBLE;
    return compatible
        ? Optional.empty()
        : Optional.of("the schema id stands for an incompatible " + reader.getName());
  }

  /** Whether records of this writer, whatever they are, can be read within bounds. */
  static boolean isBounded(Schema writer) {
    return writer != UnusableSchema.SCHEMA && bounded(writer, new HashSet<>(), 0);
  }

  private static boolean bounded(Schema schema, Set<String> enclosing, int depth) {
    if (depth > DEEPEST) {
      return false;
    }
    return switch (schema.getType()) {
      case RECORD -> boundedRecord(schema, enclosing, depth);
      case ARRAY -> boundedItems(schema.getElementType(), enclosing, depth);
      case MAP -> bounded(schema.getValueType(), enclosing, depth + 1);
      case UNION -> schema.getTypes().stream().allMatch(s -> bounded(s, enclosing, depth + 1));
      case FIXED -> schema.getFixedSize() <= LARGEST_FIXED;
      case ENUM, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> true;
    };
  }

  private static boolean boundedRecord(Schema record, Set<String> enclosing, int depth) {
    if (!enclosing.add(record.getFullName())) {
      return false;
    }
    boolean bounded =
        record.getFields().stream().allMatch(f -> bounded(f.schema(), enclosing, depth + 1));
    enclosing.remove(record.getFullName());
    return bounded;
  }

  private static boolean boundedItems(Schema item, Set<String> enclosing, int depth) {
    return bounded(item, enclosing, depth + 1) && takesSpace(item);
  }

  private static boolean takesSpace(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> false;
      case FIXED -> schema.getFixedSize() > 0;
      case RECORD -> schema.getFields().stream().anyMatch(field -> takesSpace(field.schema()));
      case ARRAY, MAP, UNION, ENUM, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN -> true;
    };
  }
}
