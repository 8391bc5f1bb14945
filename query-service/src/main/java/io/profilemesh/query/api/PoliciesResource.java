package io.profilemesh.query.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.query.access.Roles;
import io.profilemesh.query.command.DriftOrders;
import io.profilemesh.query.command.TopicWriter;
import io.profilemesh.query.compare.PolicyTrial;
import io.profilemesh.query.compare.Proposal;
import io.profilemesh.query.compare.Trial;
import io.profilemesh.query.history.Policies;
import io.profilemesh.query.history.PolicyView;
import io.profilemesh.query.history.Reader;
import io.profilemesh.query.history.Where;
import io.profilemesh.query.journal.Audited;
import io.profilemesh.query.journal.Trail;
import io.profilemesh.schema.DriftPolicy;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Policies: what counts as drift. */
@Path("/api/v1/policies")
@Tag(name = "policies")
@Blocking
public class PoliciesResource {

  private final Reader reader;
  private final Answers answers;
  private final DriftOrders orders;
  private final Settlement settlement;
  private final Rights rights;
  private final Trail trail;
  private final Turns turns =
      new Turns(2, "Two policy tests are being worked out: try again in some seconds.");

  @Inject
  PoliciesResource(
      Reader reader,
      Answers answers,
      DriftOrders orders,
      Settlement settlement,
      Rights rights,
      Trail trail) {
    this.trail = trail;
    this.rights = rights;
    this.reader = reader;
    this.answers = answers;
    this.orders = orders;
    this.settlement = settlement;
  }

  @GET
  @RolesAllowed(Roles.READER)
  @Produces({MediaType.APPLICATION_JSON, Answers.CSV})
  @Operation(operationId = "listPolicies", summary = "Policies by id.")
  @APIResponse(
      responseCode = "200",
      description = "A page of policies.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ListAnswer.OfPolicies.class)),
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
        reader.answer(Policies.byId(new Where(), page.read(Answers.scope(uri), answers.codec()))),
        IncidentTables.POLICIES,
        Function.identity());
  }

  @GET
  @RolesAllowed(Roles.READER)
  @Path("/{policyId}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "getPolicy", summary = "A policy.")
  @APIResponse(
      responseCode = "200",
      description = "The policy, with an ETag.",
      content = @Content(schema = @Schema(implementation = PolicyView.class)))
  @APIResponse(responseCode = "304", description = "Unchanged since the ETag given.")
  public Response get(
      @PathParam("policyId") @Parameter(description = "Policy.") String policyId,
      @Context Request request) {
    Values.text("policyId", policyId);
    PolicyView policy =
        reader
            .answer(Policies.of(policyId))
            .orElseThrow(() -> ProblemException.notFound("There is no such policy."));
    Response.ResponseBuilder unchanged = Answers.unchanged(request, tag(policy));
    return unchanged != null ? unchanged.build() : Response.ok(policy).tag(tag(policy)).build();
  }

  @PUT
  @RolesAllowed(Roles.ADMIN)
  @Audited(action = "put", resource = "policy")
  @Path("/{policyId}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "putPolicy",
      summary = "Write a policy; it is in force within seconds.",
      description =
          "With If-Match only when the policy is still the one that was read; with If-None-Match: *"
              + " only when there is none.")
  @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Object.class)))
  @APIResponse(
      responseCode = "200",
      description = "The policy as it is stored, with its ETag.",
      content = @Content(schema = @Schema(implementation = PolicyView.class)))
  @APIResponse(responseCode = "202", description = "The policy is written and soon stored.")
  @APIResponse(
      responseCode = "412",
      description = "It is not the version that the request names.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Response put(
      @PathParam("policyId") @Parameter(description = "Policy.") String policyId,
      @QueryParam("requester") @Parameter(description = "Who writes it.")
          @Nullable String requester,
      @Nullable JsonNode body,
      @Context Request request) {
    Values.text("policyId", policyId);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    DriftPolicy policy =
        PolicyBody.read(
            policyId, body, rights.orderedBy(Values.line("requester", requester, 200)), now);
    refuseWhenChanged(policyId, request);
    trail.after(body);
    TopicWriter.Written at = Settlement.require(orders.policy(policyId, policy, now));
    if (!settlement.isStored(at)) {
      return Response.accepted().build();
    }
    Optional<PolicyView> stored = reader.answer(Policies.of(policyId));
    return stored.isEmpty()
        ? Response.accepted().build()
        : Response.ok(stored.get()).tag(tag(stored.get())).build();
  }

  @DELETE
  @RolesAllowed(Roles.ADMIN)
  @Audited(action = "delete", resource = "policy")
  @Path("/{policyId}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "deletePolicy", summary = "Remove a policy.")
  @APIResponse(responseCode = "204", description = "It is removed.")
  @APIResponse(responseCode = "202", description = "Its removal is written and soon stored.")
  public Response delete(
      @PathParam("policyId") @Parameter(description = "Policy.") String policyId,
      @Context Request request) {
    Values.text("policyId", policyId);
    if (reader.answer(Policies.of(policyId)).isEmpty()) {
      throw ProblemException.notFound("There is no such policy.");
    }
    refuseWhenChanged(policyId, request);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    TopicWriter.Written at = Settlement.require(orders.policy(policyId, null, now));
    return Response.status(settlement.isStored(at) ? 204 : 202).build();
  }

  @POST
  @RolesAllowed(Roles.READER)
  @Path("/test")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces({MediaType.APPLICATION_JSON, Answers.CSV})
  @Operation(
      operationId = "testPolicies",
      summary = "Try policies on the stored history; nothing is written.",
      description =
          "Stored runs of the last 30 days, or of the time given, are judged again under the"
              + " policies in force with the given ones in their place, and what would fire is"
              + " compared with what did. Takes 20 seconds at most: then complete is false. As CSV,"
              + " a line for each difference.")
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = ProposalBody.Form.class)))
  @APIResponse(
      responseCode = "200",
      description = "What would be different.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Trial.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  public Response test(
      @BeanParam FormatParameter format, @Nullable JsonNode body, @Context HttpHeaders headers) {
    Proposal proposal = ProposalBody.read(body, Instant.now());
    return turns.take(
        () ->
            answers.one(
                headers,
                format.format,
                reader.answer(PolicyTrial.of(proposal)),
                IncidentTables.POLICY_DIFFERENCES,
                Trial::differences));
  }

  private void refuseWhenChanged(String policyId, Request request) {
    Optional<PolicyView> stored = reader.answer(Policies.of(policyId));
    trail.before(stored.map(PolicyView::policy).orElse(null));
    Response.ResponseBuilder refusal =
        stored.isEmpty()
            ? request.evaluatePreconditions()
            : request.evaluatePreconditions(tag(stored.get()));
    if (refusal != null) {
      throw new ProblemException(
          ProblemCode.VERSION_CHANGED,
          "The policy is not the version that the request names: read it again.",
          null);
    }
  }

  private static EntityTag tag(PolicyView policy) {
    return new EntityTag("policy-" + policy.version());
  }
}
