package io.profilemesh.query.api;

import io.profilemesh.query.access.Caller;
import io.profilemesh.query.access.Roles;
import io.profilemesh.query.stream.DriftEventStreams;
import io.profilemesh.query.stream.Positions;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Drift events as they come, as server-sent events. */
@Path("/api/v1/stream/drift-events")
@Tag(name = "drift")
@Blocking
public class StreamResource {

  private final DriftEventStreams streams;
  private final Caller caller;

  @Inject
  StreamResource(DriftEventStreams streams, Caller caller) {
    this.streams = streams;
    this.caller = caller;
  }

  @GET
  @RolesAllowed(Roles.READER)
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      operationId = "streamDriftEvents",
      summary = "Drift events as they come.",
      description =
          "Events named drift have a drift event as their data, those named position none: they"
              + " only carry an id. With Last-Event-ID nothing after that id is missed, for as long"
              + " as the topic keeps it; without it the stream begins now. A stream ends after a"
              + " minute; go on with the last id, as browsers do by themselves.")
  @APIResponse(
      responseCode = "200",
      description = "The stream.",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = String.class),
              examples =
                  @ExampleObject(
                      name = "position",
                      summary = "Where the stream stands",
                      value = "event: position\nid: 0-17.1-4\ndata: \n\n")))
  public void driftEvents(
      @BeanParam DriftParameters filters,
      @HeaderParam("Last-Event-ID") @Parameter(description = "Id of the last event that was seen.")
          @Nullable String last,
      @Context UriInfo uri,
      @Context SseEventSink sink,
      @Context Sse sse) {
    Positions from =
        last == null || last.isEmpty()
            ? null
            : Positions.parse(last)
                .orElseThrow(
                    () ->
                        ProblemException.invalid(
                            "Last-Event-ID", "Last-Event-ID is the id of an event, unchanged."));
    if (!streams.open(sink, sse, filters.where(uri, Instant.now()), caller.scope(), from)) {
      throw new ProblemException(
          ProblemCode.BUSY,
          "This instance has as many streams open as it may: try again in a minute.",
          null);
    }
  }
}
