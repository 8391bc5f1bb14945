package io.profilemesh.query.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.metadata.access.Grant;
import io.profilemesh.query.session.PersonChange;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Reads people from bodies of requests. */
final class UserBody {

  private static final Set<String> CHANGES =
      new TreeSet<>(List.of("displayName", "email", "password", "active", "grants"));
  private static final Set<String> FIELDS = new TreeSet<>(CHANGES);
  private static final int SHORTEST_PASSWORD = 12;
  private static final int LONGEST_PASSWORD = 200;

  static {
    FIELDS.add("name");
  }

  private UserBody() {}

  /** For the description only. */
  @Schema(name = "UserRequest", description = "Somebody to be entered.")
  record NewForm(
      @Schema(
              description = "To sign in with; upper case counts as lower case.",
              minLength = 1,
              maxLength = 100,
              pattern = "^[A-Za-z0-9][A-Za-z0-9._@+-]*$")
          String name,
      @Schema(minLength = 1, maxLength = 200, pattern = Bodies.LINE) @Nullable String displayName,
      @Schema(minLength = 1, maxLength = 200, pattern = Bodies.LINE) @Nullable String email,
      @Schema(
              description = "Without one there is no sign-in by password.",
              minLength = SHORTEST_PASSWORD,
              maxLength = LONGEST_PASSWORD)
          @Nullable String password,
      @Schema(description = "Whether they may sign in.") @Nullable Boolean active,
      @Schema(description = "ROLE, ROLE:SOURCE or ROLE:SOURCE/SCHEMA.", maxItems = 100)
          @Nullable List<String> grants) {}

  /** For the description only. */
  @Schema(name = "UserChange", description = "What is to change; what is left out stays.")
  record Form(
      @Schema(minLength = 1, maxLength = 200, pattern = Bodies.LINE) @Nullable String displayName,
      @Schema(minLength = 1, maxLength = 200, pattern = Bodies.LINE) @Nullable String email,
      @Schema(
              description = "Ends their sessions.",
              minLength = SHORTEST_PASSWORD,
              maxLength = LONGEST_PASSWORD)
          @Nullable String password,
      @Schema(description = "False ends their sessions.") @Nullable Boolean active,
      @Schema(description = "ROLE, ROLE:SOURCE or ROLE:SOURCE/SCHEMA.", maxItems = 100)
          @Nullable List<String> grants) {}

  /** The name of somebody new, in lower case. */
  static String name(@Nullable JsonNode body) {
    String name = Values.line("name", Bodies.text(Bodies.object(body, FIELDS), "name"), 100);
    if (name == null || !name.matches("[A-Za-z0-9][A-Za-z0-9._@+-]*")) {
      throw ProblemException.invalid(
          "name", "A name to sign in with has letters, digits and . _ @ + - only.");
    }
    return name.toLowerCase(Locale.ROOT);
  }

  /**
   * What is said about somebody.
   *
   * @param isNew whether the body names them, too
   */
  static PersonChange read(@Nullable JsonNode body, boolean isNew) {
    JsonNode fields = Bodies.object(body, isNew ? FIELDS : CHANGES);
    JsonNode active = fields.path("active");
    if (!active.isMissingNode() && !active.isBoolean()) {
      throw ProblemException.invalid("active", "active is true or false.");
    }
    List<Grant> grants =
        fields.has("grants") && fields.path("grants").isEmpty() && fields.path("grants").isArray()
            ? List.of()
            : fields.has("grants") ? ApiKeyBody.grants(fields.path("grants")) : null;
    return new PersonChange(
        Values.line("displayName", Bodies.text(fields, "displayName"), 200),
        Values.line("email", Bodies.text(fields, "email"), 200),
        password(Bodies.text(fields, "password")),
        active.isBoolean() ? active.booleanValue() : null,
        grants);
  }

  private static @Nullable String password(@Nullable String password) {
    if (password != null
        && (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD)) {
      throw ProblemException.invalid("password", "A password has 12 to 200 characters.");
    }
    return password;
  }
}
