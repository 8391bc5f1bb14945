package io.profilemesh.schema.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RecordRules;
import io.profilemesh.schema.Refusal;
import java.util.Optional;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * Requests as JSON, for people with a shell and a console producer:
 *
 * <pre>{@code
 * {"source": "warehouse", "table": "public.orders", "options": {"sampling": {"fraction": 0.1}}}
 * }</pre>
 *
 * <p>The keys are the fields of {@link ProfileRequest}, instants are ISO 8601, and a sampling
 * without a method gets the one that its other fields ask for. Every other key is refused.
 */
public final class RequestJson {

  private static final SpecificData MODEL = SpecificData.getForClass(ProfileRequest.class);

  private RequestJson() {}

  /** What became of a text. */
  public sealed interface Parsed {

    /** A request that obeys {@link RecordRules}. */
    record Accepted(ProfileRequest request) implements Parsed {}

    /** No request; the refusal's message names the field. */
    record Refused(Refusal refusal) implements Parsed {}
  }

  /**
   * Parses a text of strangers: at most 1 MiB, nested at most 50 deep, no text above 64 kB.
   *
   * @param json UTF-8; null for a record without a value
   */
  public static Parsed parse(byte @Nullable [] json) {
    if (json == null || json.length == 0) {
      return refused(ReasonCode.EMPTY_RECORD, "The record has no value.");
    }
    Optional<JsonNode> tree = BoundedJson.parse(json);
    if (tree.isEmpty()) {
      return refused(
          ReasonCode.INVALID_JSON,
          "The request is no JSON, repeats a key, or is larger, deeper or longer than allowed.");
    }
    try {
      chooseMethod(tree.get().path("options").path("sampling"));
      ProfileRequest request =
          (ProfileRequest)
              new RecordReader(MODEL).read(tree.get(), ProfileRequest.getClassSchema(), "");
      return RecordRules.check(request)
          .<Parsed>map(Parsed.Refused::new)
          .orElseGet(() -> new Parsed.Accepted(request));
    } catch (JsonFormatException e) {
      return refused(ReasonCode.INVALID_REQUEST, "The request is refused: " + e.getMessage() + ".");
    }
  }

  private static void chooseMethod(JsonNode sampling) {
    if (!(sampling instanceof ObjectNode object) || object.has("method")) {
      return;
    }
    if (object.has("fraction")) {
      object.put("method", object.get("fraction").asDouble() < 1 ? "BERNOULLI" : "NONE");
    } else if (object.has("rowLimit")) {
      object.put("method", "LIMIT");
    }
  }

  private static Parsed refused(ReasonCode code, String message) {
    return new Parsed.Refused(new Refusal(code, message));
  }
}
