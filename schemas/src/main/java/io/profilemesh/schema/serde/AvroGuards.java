package io.profilemesh.schema.serde;

import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * What Avro may do in this process: load the record classes of this package's parent and no other
 * of ours, and hold only so much for one record. Our own decoder keeps to the limits by itself;
 * Avro's decoder is told too, for classes that are swapped in.
 *
 * <p>Avro finds this class as a service when it first meets a schema, which is the only moment
 * before any generated class is used.
 */
public final class AvroGuards implements LogicalTypes.LogicalTypeFactory {

  /** Longest {@code bytes} value, in bytes. */
  public static final int BYTES_LENGTH = 4 * 1024 * 1024;

  /** Longest string, in bytes of UTF-8. */
  public static final int STRING_BYTES = 1024 * 1024;

  /** Most items of all arrays and maps of a record together. */
  public static final int COLLECTION_ITEMS = 500_000;

  private static final String OUR_RECORDS = "io.profilemesh.schema.";

  private static final Map<String, Integer> PROPERTIES =
      Map.of(
          "org.apache.avro.limits.bytes.maxLength", BYTES_LENGTH,
          "org.apache.avro.limits.string.maxLength", STRING_BYTES,
          "org.apache.avro.limits.collectionItems.maxLength", COLLECTION_ITEMS,
          "org.apache.avro.limits.collectionItems.maxAllocation", COLLECTION_ITEMS);

  /** For Avro, which looks for services. */
  public AvroGuards() {
    apply();
  }

  /** Sets trust and limits; where the operator set a limit, that one stays. Repeatable. */
  public static synchronized void apply() {
    PROPERTIES.forEach(
        (name, limit) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, limit.toString());
          }
        });
    ClassSecurityPredicate trusted = ClassSecurityValidator.getGlobal();
    if (!(trusted instanceof OurRecords)) {
      ClassSecurityValidator.setGlobal(new OurRecords(trusted));
    }
  }

  /** Whether a class name is that of a generated record or enum, before it is loaded. */
  static boolean isOurs(String className) {
    return className.startsWith(OUR_RECORDS) && className.indexOf('.', OUR_RECORDS.length()) < 0;
  }

  /** Never asked for: no schema names this type. */
  @Override
  public LogicalType fromSchema(Schema schema) {
    return new LogicalType(getTypeName());
  }

  @Override
  public String getTypeName() {
    return "profilemesh-guards";
  }

  private record OurRecords(ClassSecurityPredicate others) implements ClassSecurityPredicate {
    @Override
    public boolean isTrusted(Class<?> type) {
      return isOurs(type.getName()) || others.isTrusted(type);
    }
  }
}
