package io.profilemesh.query.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.core.drift.DriftPolicy;
import io.profilemesh.core.drift.NamePattern;
import io.profilemesh.judgement.mapping.PolicyMapping;
import io.profilemesh.query.compare.Proposal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Reads what policies are to be tried on what history from the body of a request. */
final class ProposalBody {

  private static final int MOST_POLICIES = 200;
  private static final int USUAL_DAYS = 30;
  private static final Set<String> FIELDS =
      new TreeSet<>(List.of("policies", "removed", "datasetPattern", "days", "from", "to"));

  /** For the description only. */
  @Schema(name = "PolicyTestRequest", description = "Policies to try, and on what history.")
  record Form(
      @Schema(description = "Put in the place of those with the same id.")
          @Nullable List<Object> policies,
      @Schema(description = "Ids of policies in force that would go.")
          @Nullable List<String> removed,
      @Schema(description = "Datasets: an id, or a pattern with * and ?.", defaultValue = "*")
          @Nullable String datasetPattern,
      @Schema(
              description = "Runs of the last days; 30 without any time.",
              minimum = "1",
              maximum = "3650")
          @Nullable Integer days,
      @Schema(description = "Runs from this time on, instead of days.") @Nullable Instant from,
      @Schema(description = "Runs before this time.") @Nullable Instant to) {}

  private ProposalBody() {}

  /**
   * The proposal; without a time, the last 30 days.
   *
   * @throws ProblemException when it is none; names the field
   */
  static Proposal read(@Nullable JsonNode body, Instant now) {
    if (body == null || !body.isObject()) {
      throw ProblemException.invalid(
          "body", "Send a JSON object with one or more of " + String.join(", ", FIELDS) + ".");
    }
    body.fieldNames().forEachRemaining(ProposalBody::requireField);
    List<DriftPolicy> policies = policies(body.path("policies"), now);
    Set<String> removed = texts(body.path("removed"));
    if (policies.isEmpty() && removed.isEmpty()) {
      throw ProblemException.invalid(
          "policies", "Send the policies to try, or the ids of those to try without.");
    }
    String days = text(body, "days");
    String from = text(body, "from");
    Instant start =
        days == null && from == null
            ? now.minus(Duration.ofDays(USUAL_DAYS))
            : Values.from(days, from, now);
    Instant end = Values.instant("to", text(body, "to"));
    if (start != null && end != null && !start.isBefore(end)) {
      throw ProblemException.invalid("to", "to is after from.");
    }
    String pattern = Values.text("datasetPattern", text(body, "datasetPattern"));
    return new Proposal(
        policies,
        removed,
        pattern == null ? NamePattern.ANY : new NamePattern(pattern),
        start == null ? Instant.EPOCH : start,
        // A run may be about a period that is not over.
        end == null ? now.plus(Duration.ofDays(1)) : end);
  }

  private static List<DriftPolicy> policies(JsonNode list, Instant now) {
    if (!list.isMissingNode() && !list.isArray()) {
      throw ProblemException.invalid("policies", "policies is a list.");
    }
    if (list.size() > MOST_POLICIES) {
      throw ProblemException.invalid("policies", "At most 200 policies are tried at a time.");
    }
    List<DriftPolicy> policies = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode policy : list) {
      String id = policy.path("policyId").asText("");
      if (id.isEmpty() || !ids.add(id)) {
        throw ProblemException.invalid("policyId", "Each policy has a policyId of its own.");
      }
      try {
        policies.add(PolicyMapping.read(PolicyBody.read(id, policy, "test", now)));
      } catch (IllegalArgumentException e) {
        throw ProblemException.invalid(
            "policies", "The policy " + id + ": " + e.getMessage() + ".");
      }
    }
    return policies;
  }

  private static Set<String> texts(JsonNode list) {
    if (!list.isMissingNode() && !list.isArray()) {
      throw ProblemException.invalid("removed", "removed is a list of policy ids.");
    }
    Set<String> texts = new HashSet<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static @Nullable String text(JsonNode body, String name) {
    return body.hasNonNull(name) ? body.path(name).asText() : null;
  }

  private static void requireField(String name) {
    if (!FIELDS.contains(name)) {
      throw new ProblemException(
          ProblemCode.UNKNOWN_PARAMETER, "The body has no such field.", name, List.copyOf(FIELDS));
    }
  }
}
