package io.profilemesh.query.api;

import io.profilemesh.query.access.Roles;
import io.profilemesh.query.history.AuditLogs;
import io.profilemesh.query.history.Reader;
import io.profilemesh.query.history.Requests;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What was written down about requests. */
@Path("/api/v1")
@Produces({MediaType.APPLICATION_JSON, Answers.CSV})
@Tag(name = "access")
@Blocking
public class JournalResource {

  private final Reader reader;
  private final Answers answers;

  @Inject
  JournalResource(Reader reader, Answers answers) {
    this.reader = reader;
    this.answers = answers;
  }

  @GET
  @Path("/audit-logs")
  @RolesAllowed(Roles.ADMIN)
  @Operation(operationId = "listAuditLogs", summary = "Changes and refused attempts, newest first.")
  @APIResponse(
      responseCode = "200",
      description = "A page of the audit log.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ListAnswer.OfAuditLogs.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  public Response auditLogs(
      @BeanParam AuditParameters filters,
      @BeanParam PageParameters page,
      @BeanParam FormatParameter format,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    return answers.list(
        uri,
        headers,
        format.format,
        reader.answer(
            AuditLogs.newest(
                filters.where(Instant.now()), page.read(Answers.scope(uri), answers.codec()))),
        AccessTables.AUDIT,
        Function.identity());
  }

  @GET
  @Path("/query-history")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "listQueryHistory",
      summary =
          "Requests that were answered and statements that were run on sources, newest first; they"
              + " show within seconds.",
      description = "Statements show within seconds of the end of their run.")
  @APIResponse(
      responseCode = "200",
      description = "A page of the query history.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ListAnswer.OfRequests.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  public Response queryHistory(
      @BeanParam RequestParameters filters,
      @BeanParam PageParameters page,
      @BeanParam FormatParameter format,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    return answers.list(
        uri,
        headers,
        format.format,
        reader.answer(
            Requests.newest(
                filters.where(Instant.now()), page.read(Answers.scope(uri), answers.codec()))),
        AccessTables.REQUESTS,
        Function.identity());
  }
}
