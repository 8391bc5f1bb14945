package io.profilemesh.schema.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records as JSON that people read and write: instants in ISO 8601 (UTC), bytes in Base64, no type
 * tags, nulls left out. Not Avro's own JSON encoding.
 */
public final class RecordJson {

  private RecordJson() {}

  /** A record as JSON of several indented lines. */
  public static String write(SpecificRecord record) {
    return write(record, true);
  }

  /** A record as JSON of one line. */
  public static String writeLine(SpecificRecord record) {
    return write(record, false);
  }

  /**
   * Reads a record strictly: a key that is no field is refused, a missing field gets its default.
   *
   * @throws JsonFormatException when the text is no JSON, goes beyond the limits or does not fit
   *     the record; the message names the field
   */
  public static <T extends SpecificRecord> T read(String json, Class<T> type)
      throws JsonFormatException {
    SpecificData model = SpecificData.getForClass(type);
    Schema schema = model.getSchema(type);
    return type.cast(
        new RecordReader(model)
            .read(
                BoundedJson.parse(json.getBytes(StandardCharsets.UTF_8))
                    .orElseThrow(
                        () -> new JsonFormatException("the text is no JSON within limits")),
                schema,
                ""));
  }

  private static String write(SpecificRecord record, boolean pretty) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = BoundedJson.MAPPER.createGenerator(text)) {
      if (pretty) {
        json.useDefaultPrettyPrinter();
      }
      new RecordWriter(json).write(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
