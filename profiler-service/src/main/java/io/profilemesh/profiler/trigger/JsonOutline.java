package io.profilemesh.profiler.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.profilemesh.schema.ProfileRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What can be made out of a JSON request that breaks a rule: who asked for what, so that the answer
 * reaches them.
 */
final class JsonOutline {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonOutline() {}

  /** The identity and target of the request, as far as they are texts. */
  static ProfileRequest of(byte @Nullable [] json) {
    ProfileRequest.Builder outline = ProfileRequest.newBuilder();
    try {
      JsonNode tree = MAPPER.readTree(json == null ? new byte[0] : json);
      outline.setRequestId(text(tree, "requestId"));
      outline.setRunId(text(tree, "runId"));
      String source = text(tree, "source");
      String table = text(tree, "table");
      outline.setSource(source == null ? "" : source);
      outline.setTable(table == null ? "" : table);
      outline.setRequester(text(tree, "requester"));
    } catch (IOException e) {
      // Then nothing is known of it but where it stood.
    }
    return outline.build();
  }

  private static @Nullable String text(JsonNode tree, String field) {
    JsonNode value = tree.path(field);
    return value.isTextual() ? value.textValue() : null;
  }
}
