package io.profilemesh.query.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.metadata.access.Grant;
import io.profilemesh.metadata.access.NewApiKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a key to be made from the body of a request. */
final class ApiKeyBody {

  private static final Set<String> FIELDS = new TreeSet<>(List.of("name", "grants", "expiresAt"));

  private ApiKeyBody() {}

  /**
   * The key that a body asks for.
   *
   * @throws ProblemException when it asks for none; names the field
   */
  static NewApiKey read(@Nullable JsonNode body, String createdBy, Instant now) {
    JsonNode fields = Bodies.object(body, FIELDS);
    String name = Values.line("name", Bodies.text(fields, "name"), 200);
    if (name == null) {
      throw ProblemException.invalid("name", "Say what the key is for.");
    }
    Instant expiresAt = Values.instant("expiresAt", Bodies.text(fields, "expiresAt"));
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      throw ProblemException.invalid("expiresAt", "A key ends in the future, or never.");
    }
    return new NewApiKey(name, grants(fields.path("grants")), createdBy, now, expiresAt);
  }

  /** The grants of a body. */
  static List<Grant> grants(JsonNode array) {
    List<Grant> grants = new ArrayList<>();
    if (array.isArray()) {
      for (JsonNode text : array) {
        try {
          grants.add(Grant.parse(text.asText()));
        } catch (IllegalArgumentException e) {
          throw ProblemException.invalid("grants", String.valueOf(e.getMessage()));
        }
      }
    }
    if (grants.isEmpty() || grants.size() > 100) {
      throw ProblemException.invalid(
          "grants", "Give 1 to 100 grants: ROLE, ROLE:SOURCE or ROLE:SOURCE/SCHEMA.");
    }
    return grants;
  }
}
