package io.profilemesh.schema.serde;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Records with any content that their schema allows. */
final class RandomRecords {

  private static final String[] TEXTS = {
    "", "orders", "Größe", "表", "😀", "a\"b\\c", "x'; drop table y;--", "line\nbreak", "\u202Eright"
  };

  private RandomRecords() {}

  static SpecificRecord of(Class<? extends SpecificRecord> type, Random random) {
    SpecificData model = SpecificData.getForClass(type);
    return (SpecificRecord) record(model, model.getSchema(type), random);
  }

  private static IndexedRecord record(SpecificData model, Schema schema, Random random) {
    IndexedRecord record = (IndexedRecord) SpecificData.newInstance(model.getClass(schema), schema);
    schema
        .getFields()
        .forEach(field -> record.put(field.pos(), value(model, field.schema(), random)));
    return record;
  }

  private static Object value(SpecificData model, Schema schema, Random random) {
    return switch (schema.getType()) {
      case RECORD -> record(model, schema, random);
      case ENUM ->
          model.createEnum(
              schema.getEnumSymbols().get(random.nextInt(schema.getEnumSymbols().size())), schema);
      case ARRAY ->
          IntStream.range(0, random.nextInt(4))
              .mapToObj(i -> value(model, schema.getElementType(), random))
              .toList();
      case MAP -> map(model, schema, random);
      case UNION ->
          random.nextBoolean()
              ? null
              : value(
                  model,
                  Stream.of(schema.getTypes().get(0), schema.getTypes().get(1))
                      .filter(type -> type.getType() != Schema.Type.NULL)
                      .findFirst()
                      .orElseThrow(),
                  random);
      case STRING -> TEXTS[random.nextInt(TEXTS.length)];
      case BYTES -> bytes(random);
      case INT -> random.nextInt();
      case LONG ->
          schema.getLogicalType() == null
              ? (Object) random.nextLong()
              : Instant.ofEpochMilli(random.nextLong() >> 16);
      case DOUBLE -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
      case BOOLEAN -> random.nextBoolean();
      case FIXED, FLOAT, NULL -> throw new IllegalArgumentException("no record has such a field");
    };
  }

  private static Map<String, Object> map(SpecificData model, Schema schema, Random random) {
    Map<String, Object> map = new HashMap<>();
    for (String key : List.of("a", "b.c", "").subList(0, random.nextInt(4))) {
      map.put(key, value(model, schema.getValueType(), random));
    }
    return map;
  }

  private static ByteBuffer bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(50)];
    random.nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }
}
