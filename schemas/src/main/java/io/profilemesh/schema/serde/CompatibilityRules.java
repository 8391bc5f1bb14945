package io.profilemesh.schema.serde;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** What a compatibility level means, by Avro's own rules of resolution. */
public final class CompatibilityRules {

  private CompatibilityRules() {}

  /**
   * What stands against a schema becoming the next version.
   *
   * @param earlier the versions so far, oldest first
   * @return one sentence each; empty when the schema may follow
   */
  public static List<String> against(Compatibility level, Schema next, List<Schema> earlier) {
    List<String> reasons = new ArrayList<>();
    for (Schema old : judged(level, earlier)) {
      if (backward(level)) {
        reasons.addAll(reading(next, old, "the new schema cannot read older records"));
      }
      if (forward(level)) {
        reasons.addAll(reading(old, next, "an older reader cannot read new records"));
      }
    }
    return List.copyOf(reasons);
  }

  private static List<Schema> judged(Compatibility level, List<Schema> earlier) {
    return switch (level) {
      case NONE -> List.of();
      case BACKWARD, FORWARD, FULL ->
          earlier.isEmpty() ? earlier : earlier.subList(earlier.size() - 1, earlier.size());
      case BACKWARD_TRANSITIVE, FORWARD_TRANSITIVE, FULL_TRANSITIVE -> earlier;
    };
  }

  private static boolean backward(Compatibility level) {
    return switch (level) {
      case BACKWARD, BACKWARD_TRANSITIVE, FULL, FULL_TRANSITIVE -> true;
      case NONE, FORWARD, FORWARD_TRANSITIVE -> false;
    };
  }

  private static boolean forward(Compatibility level) {
    return switch (level) {
      case FORWARD, FORWARD_TRANSITIVE, FULL, FULL_TRANSITIVE -> true;
      case NONE, BACKWARD, BACKWARD_TRANSITIVE -> false;
    };
  }

  private static List<String> reading(Schema reader, Schema writer, String what) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
        .getResult()
        .getIncompatibilities()
        .stream()
        .map(one -> what + ": " + describe(one))
        .toList();
  }

  private static String describe(Incompatibility one) {
    return one.getType() + " at " + one.getLocation() + " (" + one.getMessage() + ")";
  }
}
