package io.profilemesh.query.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads bodies of requests strictly. */
final class Bodies {

  /** One line, for descriptions of bodies. */
  static final String LINE = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$";

  /** A text without NUL, for descriptions of bodies. */
  static final String NO_NUL = "^[^\\u0000]*$";

  private Bodies() {}

  /**
   * An object that has no other fields than these.
   *
   * @throws ProblemException when it is none; names the field
   */
  static JsonNode object(@Nullable JsonNode body, Set<String> fields) {
    if (body == null || !body.isObject() || body.isEmpty()) {
      throw ProblemException.invalid(
          "body", "Send a JSON object with one or more of " + String.join(", ", fields) + ".");
    }
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!fields.contains(name)) {
                throw new ProblemException(
                    ProblemCode.UNKNOWN_PARAMETER,
                    "The body has no such field.",
                    name,
                    List.copyOf(fields));
              }
            });
    return body;
  }

  /** A field that is a text; null: it is not there, or null. */
  static @Nullable String text(JsonNode body, String field) {
    JsonNode value = body.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw ProblemException.invalid(field, field + " is a text.");
    }
    return Objects.requireNonNull(value.textValue());
  }
}
