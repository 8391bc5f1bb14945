package io.profilemesh.query.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.query.access.Roles;
import io.profilemesh.query.command.ProfileRequestSender;
import io.profilemesh.query.history.ProfileRequestView;
import io.profilemesh.query.history.ProfileRequests;
import io.profilemesh.query.history.Reader;
import io.profilemesh.query.history.RunSummary;
import io.profilemesh.query.journal.Audited;
import io.profilemesh.query.journal.Trail;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.Trigger;
import io.profilemesh.schema.json.RequestJson;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** ProfileRequests to profile: made, followed, cancelled. */
@Path("/api/v1/profile-requests")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
@Blocking
public class ProfileRequestsResource {

  private static final String REQUEST = "Request id, URL-encoded.";

  private final Reader reader;
  private final ProfileRequestSender requests;
  private final RunCanceller canceller;
  private final Settlement settlement;
  private final Rights rights;
  private final Trail trail;

  @Inject
  ProfileRequestsResource(
      Reader reader,
      ProfileRequestSender requests,
      RunCanceller canceller,
      Settlement settlement,
      Rights rights,
      Trail trail) {
    this.reader = reader;
    this.requests = requests;
    this.canceller = canceller;
    this.settlement = settlement;
    this.rights = rights;
    this.trail = trail;
  }

  @POST
  @RolesAllowed(Roles.OPERATOR)
  @Audited(action = "request", resource = "profile")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "requestProfile",
      summary = "Ask for tables to be profiled.",
      description =
          "The body is what the topic profile-requests-json takes: source and table, and perhaps"
              + " options. Two requests with one requestId are one for 7 days.")
  @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Object.class)))
  @APIResponse(
      responseCode = "202",
      description = "The request is stored; Location says where to follow it.",
      content = @Content(schema = @Schema(implementation = ProfileRequestView.class)))
  public Response request(@Nullable JsonNode body) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    ProfileRequest request = read(body);
    rights.requireOperator(request.getSource(), request.getTable());
    String given = request.getRequestId();
    String id = given == null ? UUID.randomUUID().toString() : given;
    request.setRequestId(id);
    trail.about(id, request.getSource() + "/" + request.getTable());
    trail.after(body);
    request.setRequester(rights.orderedBy(request.getRequester()));
    request.setTrigger(Trigger.REST);
    request.setRequestedAt(now);
    if (!requests.send(id, request, now)) {
      throw new ProblemException(
          ProblemCode.BROKER_UNAVAILABLE,
          "The request could not be written to its topic: try again in some seconds.",
          null);
    }
    return Response.accepted(ProfileRequestView.waiting(id))
        .location(UriBuilder.fromPath("/api/v1/profile-requests/{id}").build(id))
        .build();
  }

  @GET
  @RolesAllowed(Roles.READER)
  @Path("/{requestId}")
  @Operation(
      operationId = "getProfileRequest",
      summary = "What became of a request.",
      description = "Waits up to two seconds for a request that was made a moment ago.")
  @APIResponse(
      responseCode = "200",
      description = "Its runs as they stand.",
      content = @Content(schema = @Schema(implementation = ProfileRequestView.class)))
  public ProfileRequestView follow(
      @PathParam("requestId") @Parameter(description = REQUEST) String requestId) {
    return find(requestId);
  }

  @DELETE
  @RolesAllowed(Roles.OPERATOR)
  @Audited(action = "cancel", resource = "request")
  @Path("/{requestId}")
  @Operation(operationId = "cancelProfileRequest", summary = "Cancel what is open of a request.")
  @APIResponse(
      responseCode = "200",
      description = "Every run of it has ended.",
      content = @Content(schema = @Schema(implementation = ProfileRequestView.class)))
  @APIResponse(
      responseCode = "202",
      description = "The orders are stored; the runs as they stood when the wait ended.",
      content = @Content(schema = @Schema(implementation = ProfileRequestView.class)))
  public Response cancel(
      @PathParam("requestId") @Parameter(description = REQUEST) String requestId,
      @QueryParam("requester") @Parameter(description = "Who asks.") @Nullable String requester,
      @QueryParam("reason") @Parameter(description = "Why.") @Nullable String reason) {
    String actor = rights.orderedBy(Values.line("requester", requester, 200));
    String why = Values.line("reason", reason, 1_000);
    ProfileRequestView found = find(requestId);
    found.runs().forEach(run -> rights.requireOperator(run.datasetId()));
    Set<UUID> open =
        found.runs().stream()
            .filter(run -> run.endedAt() == null)
            .map(RunSummary::runId)
            .collect(Collectors.toSet());
    open.forEach(run -> canceller.cancel(run, null, actor, why));
    ProfileRequestView now = find(requestId);
    return Response.status(now.isDone() ? 200 : 202).entity(now).build();
  }

  private ProfileRequestView find(String requestId) {
    String id = Objects.requireNonNull(Values.line("requestId", requestId, 200));
    return settlement
        .seen(() -> reader.answer(ProfileRequests.of(id)), Optional::isPresent)
        .orElseThrow(() -> ProblemException.notFound("There is no such request, or not yet."));
  }

  private static ProfileRequest read(@Nullable JsonNode body) {
    if (body == null || !body.isObject()) {
      throw ProblemException.invalid("body", "Send the request as a JSON object.");
    }
    RequestJson.Parsed parsed = RequestJson.parse(body.toString().getBytes(StandardCharsets.UTF_8));
    if (parsed instanceof RequestJson.Parsed.Accepted accepted) {
      return accepted.request();
    }
    throw ProblemException.invalid(
        "body", ((RequestJson.Parsed.Refused) parsed).refusal().message());
  }
}
