package io.profilemesh.query.api;

import io.profilemesh.query.access.Roles;
import io.profilemesh.query.history.Pipelines;
import io.profilemesh.query.history.Reader;
import io.profilemesh.query.history.Where;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Pipelines, and requests with several runs. */
@Path("/api/v1")
@Produces({MediaType.APPLICATION_JSON, Answers.CSV})
@Blocking
public class PipelinesResource {

  private final Reader reader;
  private final Answers answers;

  @Inject
  PipelinesResource(Reader reader, Answers answers) {
    this.reader = reader;
    this.answers = answers;
  }

  @GET
  @RolesAllowed(Roles.READER)
  @Path("/pipelines")
  @Tag(name = "administration")
  @Operation(
      operationId = "listPipelines",
      summary = "Pipelines by name, with their newest run and the totals of all.")
  @APIResponse(
      responseCode = "200",
      description = "A page of pipelines.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ListAnswer.OfPipelines.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  public Response pipelines(
      @QueryParam("pipeline") @Parameter(description = "Name of one.") @Nullable String pipeline,
      @BeanParam PageParameters page,
      @BeanParam FormatParameter format,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    Where where = new Where().equal("p.name", Values.text("pipeline", pipeline));
    return answers.list(
        uri,
        headers,
        format.format,
        reader.answer(Pipelines.byName(where, page.read(Answers.scope(uri), answers.codec()))),
        PipelineTables.PIPELINES,
        Function.identity());
  }

  @GET
  @RolesAllowed(Roles.READER)
  @Path("/pipeline-runs")
  @Tag(name = "administration")
  @Operation(
      operationId = "listPipelineRuns",
      summary = "Requests that led to several runs, or were made by a pipeline, newest first.")
  @APIResponse(
      responseCode = "200",
      description = "A page of requests with how their runs stand.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ListAnswer.OfPipelineRuns.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  public Response pipelineRuns(
      @BeanParam PipelineParameters filters,
      @BeanParam PageParameters page,
      @BeanParam FormatParameter format,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    return answers.list(
        uri,
        headers,
        format.format,
        reader.answer(
            Pipelines.runs(
                filters.where(Instant.now()), page.read(Answers.scope(uri), answers.codec()))),
        PipelineTables.RUNS,
        Function.identity());
  }
}
