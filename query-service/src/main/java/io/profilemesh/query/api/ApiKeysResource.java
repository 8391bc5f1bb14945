package io.profilemesh.query.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.query.access.Caller;
import io.profilemesh.query.access.KeyOffice;
import io.profilemesh.query.access.Roles;
import io.profilemesh.query.history.AccessKeys;
import io.profilemesh.query.history.ApiKeyView;
import io.profilemesh.query.history.Reader;
import io.profilemesh.query.history.Where;
import io.profilemesh.query.journal.Audited;
import io.profilemesh.query.journal.Trail;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Keys of programs and people. */
@Path("/api/v1/api-keys")
@Tag(name = "access")
@Blocking
public class ApiKeysResource {

  private final Reader reader;
  private final Answers answers;
  private final KeyOffice office;
  private final Caller caller;
  private final Trail trail;

  @Inject
  ApiKeysResource(Reader reader, Answers answers, KeyOffice office, Caller caller, Trail trail) {
    this.trail = trail;
    this.reader = reader;
    this.answers = answers;
    this.office = office;
    this.caller = caller;
  }

  /** A key that was just made. */
  @Schema(name = "NewApiKey", description = "A key that was just made.")
  public record MadeView(
      @Schema(description = "The key itself: shown this once, and kept nowhere.") String key,
      ApiKeyView apiKey) {}

  @GET
  @RolesAllowed(Roles.ADMIN)
  @Produces({MediaType.APPLICATION_JSON, Answers.CSV})
  @Operation(operationId = "listApiKeys", summary = "Keys, the last made first.")
  @APIResponse(
      responseCode = "200",
      description = "A page of keys.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ListAnswer.OfApiKeys.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  public Response list(
      @BeanParam PageParameters page,
      @BeanParam FormatParameter format,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    return answers.list(
        uri,
        headers,
        format.format,
        reader.answer(
            AccessKeys.newest(new Where(), page.read(Answers.scope(uri), answers.codec()))),
        AccessTables.KEYS,
        Function.identity());
  }

  @GET
  @Path("/{keyId}")
  @RolesAllowed(Roles.ADMIN)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "getApiKey", summary = "A key.")
  @APIResponse(
      responseCode = "200",
      description = "The key, without its secret.",
      content = @Content(schema = @Schema(implementation = ApiKeyView.class)))
  public ApiKeyView get(@PathParam("keyId") @Parameter(description = "Key.") String keyId) {
    return key(id(keyId));
  }

  @POST
  @RolesAllowed(Roles.ADMIN)
  @Audited(action = "create", resource = "api_key")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "createApiKey",
      summary = "Make a key.",
      description =
          "name: what it is for; grants: list of ROLE, ROLE:SOURCE or ROLE:SOURCE/SCHEMA with * for"
              + " any characters, ROLE being reader, operator or admin; expiresAt: a time, or left"
              + " out for a key that does not end.")
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = ApiKeyBody.Form.class)))
  @APIResponse(
      responseCode = "201",
      description = "The key, with its secret, which nobody can ask for again.",
      content = @Content(schema = @Schema(implementation = MadeView.class)))
  public Response create(@Nullable JsonNode body) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    KeyOffice.Made made = office.make(ApiKeyBody.read(body, caller.actor(), now));
    ApiKeyView key = AccessKeys.view(made.key(), now);
    trail.about(key.keyId().toString(), key.name());
    trail.after(key);
    trail.wrote(1L + key.grants().size());
    return Response.status(201)
        .header("Cache-Control", "no-store")
        .entity(new MadeView(made.secret().reveal(), key))
        .build();
  }

  @DELETE
  @Path("/{keyId}")
  @RolesAllowed(Roles.ADMIN)
  @Audited(action = "revoke", resource = "api_key")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "revokeApiKey",
      summary = "Revoke a key: it is refused from now on, on other instances within a second.")
  @APIResponse(
      responseCode = "200",
      description = "The key, revoked.",
      content = @Content(schema = @Schema(implementation = ApiKeyView.class)))
  public ApiKeyView revoke(@PathParam("keyId") @Parameter(description = "Key.") String keyId) {
    UUID id = id(keyId);
    ApiKeyView before = key(id);
    office.revoke(id, caller.actor().name(), Instant.now());
    ApiKeyView after = key(id);
    trail.about(keyId, before.name());
    trail.before(before);
    trail.after(after);
    trail.wrote(before.state().equals("revoked") ? 0 : 1);
    return after;
  }

  private ApiKeyView key(UUID id) {
    return reader
        .answer(AccessKeys.of(id))
        .orElseThrow(() -> ProblemException.notFound("There is no such key."));
  }

  private static UUID id(String text) {
    return Objects.requireNonNull(Values.run("keyId", text));
  }
}
