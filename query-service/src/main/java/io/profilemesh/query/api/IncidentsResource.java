package io.profilemesh.query.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.query.access.Roles;
import io.profilemesh.query.command.DriftOrders;
import io.profilemesh.query.history.IncidentView;
import io.profilemesh.query.history.Incidents;
import io.profilemesh.query.history.Reader;
import io.profilemesh.query.journal.Audited;
import io.profilemesh.query.journal.Trail;
import io.profilemesh.schema.DriftCommand;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Incidents, and what people do about them. */
@Path("/api/v1/incidents")
@Tag(name = "incidents")
@Blocking
public class IncidentsResource {

  private final Reader reader;
  private final Answers answers;
  private final DriftOrders orders;
  private final Settlement settlement;
  private final Rights rights;
  private final Trail trail;

  @Inject
  IncidentsResource(
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
  @Operation(operationId = "listIncidents", summary = "Incidents, the last opened first.")
  @APIResponse(
      responseCode = "200",
      description = "A page of incidents.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ListAnswer.OfIncidents.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  public Response list(
      @BeanParam IncidentParameters filters,
      @BeanParam PageParameters page,
      @BeanParam FormatParameter format,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    return answers.list(
        uri,
        headers,
        format.format,
        reader.answer(
            Incidents.newest(
                filters.where(uri, Instant.now()), page.read(Answers.scope(uri), answers.codec()))),
        IncidentTables.INCIDENTS,
        Function.identity());
  }

  @GET
  @RolesAllowed(Roles.READER)
  @Path("/{incidentId}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "getIncident",
      summary = "An incident with what was told of it and what people did.")
  @APIResponse(
      responseCode = "200",
      description = "The incident.",
      content = @Content(schema = @Schema(implementation = IncidentView.Details.class)))
  public IncidentView.Details details(
      @PathParam("incidentId") @Parameter(description = "Incident.") String incidentId) {
    String id = Objects.requireNonNull(Values.text("incidentId", incidentId));
    return reader
        .answer(Incidents.details(id))
        .orElseThrow(() -> ProblemException.notFound("There is no such incident."));
  }

  @PATCH
  @RolesAllowed(Roles.OPERATOR)
  @Audited(action = "change", resource = "incident")
  @Path("/{incidentId}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "changeIncident",
      summary = "Acknowledge, assign, mute or judge an incident.",
      description =
          "acknowledge: true; assignee: who works on it; mutedUntil: a time, or null to end the"
              + " mute; feedback: expected, false_positive or confirmed; actor and reason for the"
              + " record.")
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = IncidentChange.Form.class)))
  @APIResponse(
      responseCode = "200",
      description = "The incident as it stands with the change.",
      content = @Content(schema = @Schema(implementation = IncidentView.class)))
  @APIResponse(
      responseCode = "202",
      description = "The order is stored; the incident as it stood when the wait ended.",
      content = @Content(schema = @Schema(implementation = IncidentView.class)))
  public Response change(
      @PathParam("incidentId") @Parameter(description = "Incident.") String incidentId,
      @Nullable JsonNode body) {
    IncidentChange change = IncidentChange.read(body);
    Values.text("incidentId", incidentId);
    IncidentView before = incident(incidentId);
    rights.requireOperator(before.datasetId());
    trail.about(incidentId, before.datasetId());
    trail.before(before);
    trail.after(body);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<DriftCommand> commands =
        change.commands(before.datasetId(), incidentId, rights.orderedBy(change.actor()), now);
    commands.forEach(command -> Settlement.requireValid(command, "mutedUntil"));
    commands.forEach(command -> Settlement.require(orders.command(command)));
    boolean done =
        settlement.holds(
            () -> incident(incidentId).revision() >= before.revision() + commands.size());
    return Response.status(done ? 200 : 202).entity(incident(incidentId)).build();
  }

  private IncidentView incident(String id) {
    return reader
        .answer(Incidents.of(id))
        .orElseThrow(() -> ProblemException.notFound("There is no such incident."));
  }
}
