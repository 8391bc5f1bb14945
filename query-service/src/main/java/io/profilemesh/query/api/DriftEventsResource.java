package io.profilemesh.query.api;

import io.profilemesh.query.access.Roles;
import io.profilemesh.query.history.DriftEventView;
import io.profilemesh.query.history.DriftEvents;
import io.profilemesh.query.history.Reader;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Drift events. */
@Path("/api/v1/drift-events")
@Produces({MediaType.APPLICATION_JSON, Answers.CSV})
@Tag(name = "drift")
@Blocking
public class DriftEventsResource {

  private final Reader reader;
  private final Answers answers;

  @Inject
  DriftEventsResource(Reader reader, Answers answers) {
    this.reader = reader;
    this.answers = answers;
  }

  @GET
  @RolesAllowed(Roles.READER)
  @Operation(operationId = "listDriftEvents", summary = "Drift events, newest first.")
  @APIResponse(
      responseCode = "200",
      description = "A page of drift events.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ListAnswer.OfDriftEvents.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  public Response list(
      @BeanParam DriftParameters filters,
      @BeanParam PageParameters page,
      @BeanParam FormatParameter format,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    return answers.list(
        uri,
        headers,
        format.format,
        reader.answer(
            DriftEvents.newest(
                filters.where(uri, Instant.now()), page.read(Answers.scope(uri), answers.codec()))),
        CsvTables.DRIFT_EVENTS,
        Function.identity());
  }

  @GET
  @RolesAllowed(Roles.READER)
  @Path("/{eventId}")
  @Operation(operationId = "getDriftEvent", summary = "A drift event with its evidence.")
  @APIResponse(
      responseCode = "200",
      description = "The event.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = DriftEventView.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  public Response get(
      @PathParam("eventId") @Parameter(description = "Event.") String eventId,
      @BeanParam FormatParameter format,
      @Context HttpHeaders headers) {
    DriftEventView event =
        reader
            .answer(
                DriftEvents.ofIds(List.of(Objects.requireNonNull(Values.text("eventId", eventId)))))
            .stream()
            .findFirst()
            .orElseThrow(() -> ProblemException.notFound("There is no such drift event."));
    return answers.one(headers, format.format, event, CsvTables.DRIFT_EVENTS, List::of);
  }
}
