package io.profilemesh.schema.serde;

import java.util.Map;

/**
 * Most that one record may make a reader hold. Our own decoder keeps to them by itself; {@link
 * #apply} tells Avro's decoder too, for classes that are swapped in.
 */
public final class AvroLimits {

  /** Longest {@code bytes} value, in bytes. */
  public static final int BYTES_LENGTH = 4 * 1024 * 1024;

  /** Longest string, in bytes of UTF-8. */
  public static final int STRING_BYTES = 1024 * 1024;

  /** Most items of all arrays and maps of a record together. */
  public static final int COLLECTION_ITEMS = 500_000;

  private static final Map<String, Integer> PROPERTIES =
      Map.of(
          "org.apache.avro.limits.bytes.maxLength", BYTES_LENGTH,
          "org.apache.avro.limits.string.maxLength", STRING_BYTES,
          "org.apache.avro.limits.collectionItems.maxLength", COLLECTION_ITEMS,
          "org.apache.avro.limits.collectionItems.maxAllocation", COLLECTION_ITEMS);

  private AvroLimits() {}

  /**
   * Sets Avro's own limits where the operator set none. Works only before Avro decodes for the
   * first time in this process, since it reads them once.
   */
  public static void apply() {
    PROPERTIES.forEach(
        (name, limit) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, limit.toString());
          }
        });
  }
}
