package io.profilemesh.query.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.metadata.access.Grant;
import io.profilemesh.query.access.Actor;
import io.profilemesh.query.access.Addresses;
import io.profilemesh.query.access.Caller;
import io.profilemesh.query.access.Roles;
import io.profilemesh.query.journal.Audited;
import io.profilemesh.query.journal.Trail;
import io.profilemesh.query.session.SessionMechanism;
import io.profilemesh.query.session.Sessions;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Signing in and out, and who one is. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "access")
@Blocking
public class SessionsResource {

  private static final Set<String> FIELDS = new TreeSet<>(List.of("name", "password"));

  private final Sessions sessions;
  private final Caller caller;
  private final Trail trail;
  private final CurrentVertxRequest current;

  @Inject
  SessionsResource(Sessions sessions, Caller caller, Trail trail, CurrentVertxRequest current) {
    this.sessions = sessions;
    this.caller = caller;
    this.trail = trail;
    this.current = current;
  }

  /** For the description only. */
  @Schema(name = "SignIn", description = "Who signs in.")
  record Form(
      @Schema(minLength = 1, maxLength = 100, pattern = Bodies.LINE) String name,
      @Schema(minLength = 1, maxLength = 200) String password) {}

  /** A session that has just begun. */
  @Schema(name = "Session", description = "A session that has just begun; its secret is a cookie.")
  public record SessionView(
      String name,
      List<String> grants,
      @Schema(description = "To be sent as X-CSRF-Token with everything that changes something.")
          String csrfToken,
      Instant endsAt) {

    public SessionView {
      grants = List.copyOf(grants);
    }
  }

  /** Whoever asks. */
  @Schema(name = "Me", description = "Whoever asks, and what they may.")
  public record MeView(
      @Schema(enumeration = {"key", "user", "token", "anyone"}) String kind,
      String name,
      List<String> grants) {

    public MeView {
      grants = List.copyOf(grants);
    }
  }

  @POST
  @Path("/sessions")
  @PermitAll
  @Audited(action = "sign_in", resource = "session")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "signIn",
      summary = "Sign in with name and password; the session is a cookie.",
      description = "name and password. Wrong passwords make the next try wait.")
  @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Form.class)))
  @APIResponse(
      responseCode = "201",
      description = "The session; the cookie profilemesh_session is set.",
      content = @Content(schema = @Schema(implementation = SessionView.class)))
  public Response signIn(@Nullable JsonNode body, @Context HttpHeaders headers) {
    JsonNode fields = Bodies.object(body, FIELDS);
    String name = required("name", Values.line("name", Bodies.text(fields, "name"), 100));
    String password = required("password", Bodies.text(fields, "password"));
    trail.about(null, name);
    trail.after(null);
    Sessions.Outcome outcome =
        sessions.signIn(
            name,
            password,
            Addresses.of(current.getCurrent()),
            headers.getHeaderString(HttpHeaders.USER_AGENT));
    if (outcome instanceof Sessions.Outcome.Begun begun) {
      trail.wrote(1);
      return Response.status(201)
          .cookie(cookie(begun.cookie(), -1))
          .header("Cache-Control", "no-store")
          .entity(
              new SessionView(
                  begun.name(),
                  begun.grants().stream().map(Grant::toString).sorted().toList(),
                  begun.proof(),
                  begun.endsAt()))
          .build();
    }
    if (outcome instanceof Sessions.Outcome.TooOften) {
      throw new ProblemException(
          ProblemCode.TOO_MANY_REQUESTS, "Too many tries: wait some seconds.", null);
    }
    throw new ProblemException(
        ProblemCode.UNAUTHENTICATED,
        "Name or password is wrong, or there were too many tries: wait a while.",
        null);
  }

  @DELETE
  @Path("/sessions/current")
  @RolesAllowed(Roles.READER)
  @Audited(action = "sign_out", resource = "session")
  @Operation(operationId = "signOut", summary = "End the session of the cookie.")
  @APIResponse(responseCode = "204", description = "It has ended, at once.")
  public Response signOut(@Context HttpHeaders headers) {
    jakarta.ws.rs.core.Cookie cookie = headers.getCookies().get(SessionMechanism.COOKIE);
    if (cookie == null || caller.actor().kind() != Actor.Kind.USER) {
      throw ProblemException.notFound("The request belongs to no session.");
    }
    sessions.signOut(cookie.getValue(), caller.actor().name());
    return Response.noContent().cookie(cookie("", 0)).build();
  }

  @GET
  @Path("/me")
  @RolesAllowed(Roles.READER)
  @Operation(operationId = "getMe", summary = "Who asks, and what they may.")
  @APIResponse(
      responseCode = "200",
      description = "Whoever asks.",
      content = @Content(schema = @Schema(implementation = MeView.class)))
  public MeView me() {
    Actor actor = caller.actor();
    return new MeView(
        actor.kind().word(),
        actor.name(),
        actor.grants().stream().map(Grant::toString).sorted().toList());
  }

  private NewCookie cookie(String value, int maxAge) {
    return new NewCookie.Builder(SessionMechanism.COOKIE)
        .value(value)
        .path("/")
        .maxAge(maxAge)
        .httpOnly(true)
        .secure(current.getCurrent().request().isSSL())
        .sameSite(NewCookie.SameSite.STRICT)
        .build();
  }

  private static String required(String field, @Nullable String value) {
    if (value == null || value.length() > 200) {
      throw ProblemException.invalid(field, "Send name and password.");
    }
    return value;
  }
}
