package io.profilemesh.query.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457).
 *
 * @param type identity of the kind of problem
 * @param title the kind in a few words
 * @param status HTTP status
 * @param detail what is wrong and what to do, in a sentence
 * @param code code of the kind
 * @param field parameter concerned; null: none
 * @param choices what would be valid; null: not listed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A problem document (RFC 9457).")
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String code,
    @Nullable String field,
    @Nullable List<String> choices) {

  /** Media type of problem documents. */
  public static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(
      ProblemCode code, String detail, @Nullable String field, @Nullable List<String> choices) {
    return new Problem(
        code.type(), code.title(), code.status(), detail, code.name(), field, choices);
  }
}
