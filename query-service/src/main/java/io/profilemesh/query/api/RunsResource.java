package io.profilemesh.query.api;

import io.profilemesh.query.access.Roles;
import io.profilemesh.query.history.Reader;
import io.profilemesh.query.history.RunDetails;
import io.profilemesh.query.history.RunSummary;
import io.profilemesh.query.history.Runs;
import io.profilemesh.query.history.VerdictView;
import io.profilemesh.query.history.Verdicts;
import io.profilemesh.query.journal.Audited;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Runs. */
@Path("/api/v1/runs")
@Produces({MediaType.APPLICATION_JSON, Answers.CSV})
@Tag(name = "runs")
@Blocking
public class RunsResource {

  private static final String DATASET = "Dataset id; needed where the run covers several datasets.";

  private final Reader reader;
  private final Answers answers;
  private final RunCanceller canceller;
  private final Rights rights;

  @Inject
  RunsResource(Reader reader, Answers answers, RunCanceller canceller, Rights rights) {
    this.rights = rights;
    this.reader = reader;
    this.answers = answers;
    this.canceller = canceller;
  }

  @GET
  @RolesAllowed(Roles.READER)
  @Operation(operationId = "listRuns", summary = "Runs, newest first.")
  @APIResponse(
      responseCode = "200",
      description = "A page of runs.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ListAnswer.OfRuns.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  public Response list(
      @BeanParam RunParameters filters,
      @BeanParam PageParameters page,
      @BeanParam FormatParameter format,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    return answers.list(
        uri,
        headers,
        format.format,
        reader.answer(
            Runs.newest(
                filters.where(uri, Instant.now()), page.read(Answers.scope(uri), answers.codec()))),
        CsvTables.RUNS,
        Function.identity());
  }

  @GET
  @RolesAllowed(Roles.READER)
  @Path("/{runId}")
  @Operation(
      operationId = "getRun",
      summary = "A run with every column and metric, histogram, quantiles and frequent values.")
  @APIResponse(
      responseCode = "200",
      description = "The run; once it has ended, with an ETag.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = RunDetails.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  @APIResponse(responseCode = "304", description = "Unchanged since the ETag given.")
  public Response details(
      @PathParam("runId") @Parameter(description = "Run.") String runId,
      @QueryParam("dataset") @Parameter(description = DATASET) @Nullable String dataset,
      @BeanParam FormatParameter format,
      @Context HttpHeaders headers,
      @Context Request request) {
    UUID run = Objects.requireNonNull(Values.run("runId", runId));
    RunDetails details =
        reader
            .answer(Runs.details(run, datasetOf(run, dataset)))
            .orElseThrow(() -> ProblemException.notFound("The run has no such dataset."));
    boolean csv = Answers.isCsv(headers, format.format);
    EntityTag tag = tag(details.run(), csv);
    Response.ResponseBuilder unchanged = tag == null ? null : Answers.unchanged(request, tag);
    if (unchanged != null) {
      return unchanged.build();
    }
    Response answer =
        answers.one(headers, format.format, details, CsvTables.RESULTS, CsvTables.Result::of);
    return tag == null ? answer : Response.fromResponse(answer).tag(tag).build();
  }

  @DELETE
  @RolesAllowed(Roles.OPERATOR)
  @Audited(action = "cancel", resource = "run")
  @Path("/{runId}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "cancelRun",
      summary = "Cancel a run: its scan ends, no profile is published, and it is cancelled.",
      description =
          "What has ended stays as it is. Repeating the order is harmless. A run id that was"
              + " cancelled stays cancelled for 7 days.")
  @APIResponse(
      responseCode = "200",
      description = "Nothing of the run is going on any more.",
      content = @Content(schema = @Schema(implementation = RunCancellation.class)))
  @APIResponse(
      responseCode = "202",
      description = "The order is stored; a profiler will follow it.",
      content = @Content(schema = @Schema(implementation = RunCancellation.class)))
  @APIResponse(
      responseCode = "409",
      description = "The run has ended, and not by being cancelled.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Response cancel(
      @PathParam("runId") @Parameter(description = "Run.") String runId,
      @QueryParam("dataset") @Parameter(description = "One dataset of the run instead of all.")
          @Nullable String dataset,
      @QueryParam("requester") @Parameter(description = "Who asks.") @Nullable String requester,
      @QueryParam("reason") @Parameter(description = "Why.") @Nullable String reason) {
    String actor = Values.line("requester", requester, 200);
    RunCancellation cancellation =
        canceller.cancel(
            Objects.requireNonNull(Values.run("runId", runId)),
            Values.dataset("dataset", dataset),
            rights.orderedBy(actor),
            Values.line("reason", reason, 1_000));
    return Response.status(cancellation.isDone() ? 200 : 202).entity(cancellation).build();
  }

  @GET
  @RolesAllowed(Roles.READER)
  @Path("/{runId}/verdict")
  @Operation(operationId = "getVerdict", summary = "How a run was judged.")
  @APIResponse(
      responseCode = "200",
      description = "The verdict, with an ETag: it never changes.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = VerdictView.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  @APIResponse(responseCode = "304", description = "Unchanged since the ETag given.")
  public Response verdict(
      @PathParam("runId") @Parameter(description = "Run.") String runId,
      @QueryParam("dataset") @Parameter(description = DATASET) @Nullable String dataset,
      @BeanParam FormatParameter format,
      @Context HttpHeaders headers,
      @Context Request request) {
    UUID run = Objects.requireNonNull(Values.run("runId", runId));
    String id = datasetOf(run, dataset);
    VerdictView verdict =
        reader
            .answer(Verdicts.of(run, id))
            .orElseThrow(() -> ProblemException.notFound("The run has not been judged."));
    boolean csv = Answers.isCsv(headers, format.format);
    EntityTag tag = tag(csv, verdict.runId(), verdict.datasetId(), verdict.policyVersion());
    Response.ResponseBuilder unchanged = Answers.unchanged(request, tag);
    return unchanged != null
        ? unchanged.build()
        : Response.fromResponse(
                answers.one(
                    headers, format.format, verdict, CsvTables.JUDGEMENTS, CsvTables.Judgement::of))
            .tag(tag)
            .build();
  }

  private String datasetOf(UUID run, @Nullable String dataset) {
    String named = Values.text("dataset", dataset);
    if (named != null) {
      return named;
    }
    List<String> datasets = reader.answer(Runs.datasets(run));
    if (datasets.isEmpty()) {
      throw ProblemException.notFound("There is no such run.");
    }
    if (datasets.size() > 1) {
      throw new ProblemException(
          ProblemCode.DATASET_NEEDED,
          "The run covers several datasets: name one with ?dataset=.",
          "dataset",
          datasets.subList(0, Math.min(100, datasets.size())));
    }
    return datasets.get(0);
  }

  /** Only a run that has ended stays as it is. */
  private static @Nullable EntityTag tag(RunSummary run, boolean csv) {
    return run.endedAt() == null || run.status().equals("running")
        ? null
        : tag(csv, run.status(), run.attempt(), run.endedAt(), run.profiledAt());
  }

  private static EntityTag tag(boolean csv, @Nullable Object... content) {
    return new EntityTag(Integer.toHexString(Objects.hash(content)) + (csv ? "-csv" : "-json"));
  }
}
