package io.profilemesh.query.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.RecordRules;
import io.profilemesh.schema.Refusal;
import io.profilemesh.schema.json.JsonFormatException;
import io.profilemesh.schema.json.RecordJson;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Reads a policy from the body of a request. */
final class PolicyBody {

  /** The built-in policies, and a path of its own. */
  private static final Set<String> RESERVED = Set.of("built-in", "test");

  private PolicyBody() {}

  /**
   * The policy, signed and dated.
   *
   * @param policyId id of the path, which the body may leave out but not contradict
   * @throws ProblemException when it is none; names the field
   */
  static DriftPolicy read(String policyId, @Nullable JsonNode body, String orderedBy, Instant now) {
    if (!(body instanceof ObjectNode given)) {
      throw ProblemException.invalid("body", "Send the policy as a JSON object.");
    }
    ObjectNode json = given.deepCopy();
    json.fieldNames().forEachRemaining(PolicyBody::requireField);
    if (json.hasNonNull("policyId") && !policyId.equals(json.path("policyId").asText())) {
      throw ProblemException.invalid("policyId", "policyId is not the one of the path.");
    }
    if (RESERVED.contains(policyId)) {
      throw ProblemException.invalid("policyId", "built-in and test are no names for policies.");
    }
    json.put("policyId", policyId);
    DriftPolicy policy;
    try {
      policy = RecordJson.read(json.toString(), DriftPolicy.class);
    } catch (JsonFormatException e) {
      throw problem(String.valueOf(e.getMessage()));
    }
    policy.setVersion(0);
    policy.setUpdatedBy(orderedBy);
    policy.setUpdatedAt(now);
    Optional<Refusal> refusal = RecordRules.check(policy);
    if (refusal.isPresent()) {
      throw problem(refusal.get().message());
    }
    return policy;
  }

  /** Names the first field that the sentence speaks of. */
  private static ProblemException problem(String sentence) {
    String field =
        Arrays.stream(sentence.split("[^A-Za-z]+"))
            .filter(word -> field(word) != null)
            .findFirst()
            .orElse("body");
    return ProblemException.invalid(field, sentence);
  }

  private static void requireField(String name) {
    if (field(name) == null) {
      throw new ProblemException(
          ProblemCode.UNKNOWN_PARAMETER,
          "A policy has no such field.",
          name,
          DriftPolicy.getClassSchema().getFields().stream().map(Schema.Field::name).toList());
    }
  }

  private static Schema.@Nullable Field field(String name) {
    return DriftPolicy.getClassSchema().getField(name);
  }
}
