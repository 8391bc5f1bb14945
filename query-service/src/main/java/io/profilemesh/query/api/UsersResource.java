package io.profilemesh.query.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.query.access.Caller;
import io.profilemesh.query.access.Roles;
import io.profilemesh.query.history.Reader;
import io.profilemesh.query.history.UserView;
import io.profilemesh.query.history.Users;
import io.profilemesh.query.history.Where;
import io.profilemesh.query.journal.Audited;
import io.profilemesh.query.journal.Trail;
import io.profilemesh.query.session.Sessions;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
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

/** People who sign in. */
@Path("/api/v1/users")
@Tag(name = "access")
@Blocking
public class UsersResource {

  private static final String FIELDS =
      "displayName, email; password: 12 to 200 characters, without one there is no sign-in; active:"
          + " false signs them out; grants: as of a key.";

  private final Reader reader;
  private final Answers answers;
  private final Sessions sessions;
  private final Caller caller;
  private final Trail trail;

  @Inject
  UsersResource(Reader reader, Answers answers, Sessions sessions, Caller caller, Trail trail) {
    this.reader = reader;
    this.answers = answers;
    this.sessions = sessions;
    this.caller = caller;
    this.trail = trail;
  }

  @GET
  @RolesAllowed(Roles.ADMIN)
  @Produces({MediaType.APPLICATION_JSON, Answers.CSV})
  @Operation(operationId = "listUsers", summary = "People by name.")
  @APIResponse(
      responseCode = "200",
      description = "A page of people.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ListAnswer.OfUsers.class)),
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
        reader.answer(Users.byName(new Where(), page.read(Answers.scope(uri), answers.codec()))),
        AccessTables.USERS,
        Function.identity());
  }

  @GET
  @Path("/{userId}")
  @RolesAllowed(Roles.ADMIN)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "getUser", summary = "Somebody.")
  @APIResponse(
      responseCode = "200",
      description = "The person.",
      content = @Content(schema = @Schema(implementation = UserView.class)))
  public UserView get(@PathParam("userId") @Parameter(description = "Person.") String userId) {
    return user(id(userId));
  }

  @POST
  @RolesAllowed(Roles.ADMIN)
  @Audited(action = "create", resource = "user")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "createUser",
      summary = "Enter somebody.",
      description = "name: to sign in with; " + FIELDS)
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = UserBody.NewForm.class)))
  @APIResponse(
      responseCode = "201",
      description = "The person.",
      content = @Content(schema = @Schema(implementation = UserView.class)))
  @APIResponse(
      responseCode = "409",
      description = "The name is taken.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Response create(@Nullable JsonNode body) {
    String name = UserBody.name(body);
    trail.about(null, name);
    UUID id =
        sessions
            .enter(name, UserBody.read(body, true), caller.actor().name())
            .orElseThrow(
                () -> new ProblemException(ProblemCode.NAME_TAKEN, "The name is taken.", "name"));
    UserView made = user(id);
    trail.about(id.toString(), name);
    trail.after(made);
    trail.wrote(1L + made.grants().size());
    return Response.status(201).entity(made).build();
  }

  @PATCH
  @Path("/{userId}")
  @RolesAllowed(Roles.ADMIN)
  @Audited(action = "change", resource = "user")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "changeUser",
      summary = "Change somebody; a new password, or not being active, ends their sessions.",
      description = FIELDS)
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = UserBody.Form.class)))
  @APIResponse(
      responseCode = "200",
      description = "The person.",
      content = @Content(schema = @Schema(implementation = UserView.class)))
  public UserView change(
      @PathParam("userId") @Parameter(description = "Person.") String userId,
      @Nullable JsonNode body) {
    UUID id = id(userId);
    UserView before = user(id);
    sessions.change(id, UserBody.read(body, false), caller.actor().name());
    UserView after = user(id);
    trail.about(userId, before.name());
    trail.before(before);
    trail.after(after);
    trail.wrote(1);
    return after;
  }

  @DELETE
  @Path("/{userId}/sessions")
  @RolesAllowed(Roles.ADMIN)
  @Audited(action = "sign_out", resource = "user")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "signOutUser", summary = "End every session of somebody, at once.")
  @APIResponse(responseCode = "204", description = "None of their sessions holds.")
  public Response signOut(@PathParam("userId") @Parameter(description = "Person.") String userId) {
    UserView user = user(id(userId));
    trail.about(userId, user.name());
    trail.wrote(sessions.signOutEverywhere(user.userId(), caller.actor().name()));
    return Response.noContent().build();
  }

  private UserView user(UUID id) {
    return reader
        .answer(Users.of(id))
        .orElseThrow(() -> ProblemException.notFound("There is no such person."));
  }

  private static UUID id(String text) {
    return Objects.requireNonNull(Values.run("userId", text));
  }
}
