package io.profilemesh.query.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.metadata.access.Grant;
import io.profilemesh.metadata.access.NewApiKey;
import io.profilemesh.query.access.Actor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Reads a key to be made from the body of a request. */
final class ApiKeyBody {

  private static final Set<String> FIELDS = new TreeSet<>(List.of("name", "grants", "expiresAt"));

  private ApiKeyBody() {}

  /** For the description only. */
  @Schema(name = "ApiKeyRequest", description = "A key to be made.")
  record Form(
      @Schema(
              description = "What it is for.",
              minLength = 1,
              maxLength = 200,
              pattern = Bodies.LINE)
          String name,
      @Schema(
              description =
                  "What it may: ROLE, ROLE:SOURCE or ROLE:SOURCE/SCHEMA, * standing for any"
                      + " characters.",
              minItems = 1,
              maxItems = 100)
          List<String> grants,
      @Schema(description = "When it ends, in the future; null: never.")
          @Nullable Instant expiresAt) {}

  /**
   * The key that a body asks for; one that a person asks for is theirs.
   *
   * @throws ProblemException when it asks for none; names the field
   */
  static NewApiKey read(@Nullable JsonNode body, Actor by, Instant now) {
    JsonNode fields = Bodies.object(body, FIELDS);
    String name = Values.line("name", Bodies.text(fields, "name"), 200);
    if (name == null) {
      throw ProblemException.invalid("name", "Say what the key is for.");
    }
    Instant expiresAt = Values.instant("expiresAt", Bodies.text(fields, "expiresAt"));
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      throw ProblemException.invalid("expiresAt", "A key ends in the future, or never.");
    }
    UUID owner = by.kind() == Actor.Kind.USER && by.id() != null ? UUID.fromString(by.id()) : null;
    return new NewApiKey(name, grants(fields.path("grants")), owner, by.name(), now, expiresAt);
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
