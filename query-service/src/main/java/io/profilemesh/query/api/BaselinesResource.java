package io.profilemesh.query.api;

import io.profilemesh.judgement.memory.DatasetState;
import io.profilemesh.query.access.Roles;
import io.profilemesh.query.command.DriftOrders;
import io.profilemesh.query.command.TopicWriter;
import io.profilemesh.query.history.BaselineView;
import io.profilemesh.query.history.Baselines;
import io.profilemesh.query.history.Reader;
import io.profilemesh.query.history.Runs;
import io.profilemesh.query.history.StoredRun;
import io.profilemesh.query.history.StoredRuns;
import io.profilemesh.query.journal.Audited;
import io.profilemesh.query.seed.SeedView;
import io.profilemesh.query.seed.Seeds;
import io.profilemesh.schema.DriftCommand;
import io.profilemesh.schema.DriftCommandKind;
import io.profilemesh.schema.TableProfile;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What people tell the drift service about a dataset: its baseline, its schema, silence. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "incidents")
@Blocking
public class BaselinesResource {

  private static final String DATASET = "Dataset id, its / written as %2F.";

  private final Reader reader;
  private final DriftOrders orders;
  private final Settlement settlement;
  private final Rights rights;

  @Inject
  BaselinesResource(Reader reader, DriftOrders orders, Settlement settlement, Rights rights) {
    this.rights = rights;
    this.reader = reader;
    this.orders = orders;
    this.settlement = settlement;
  }

  @GET
  @RolesAllowed(Roles.READER)
  @Path(DatasetPath.TABLE + "/baseline")
  @Operation(operationId = "getBaseline", summary = "What the runs of a dataset are compared with.")
  @APIResponse(
      responseCode = "200",
      description = "The baseline.",
      content = @Content(schema = @Schema(implementation = BaselineView.class)))
  public BaselineView show(
      @PathParam("datasetId") @Parameter(description = DATASET) String datasetId) {
    return reader
        .answer(Baselines.of(Objects.requireNonNull(Values.dataset("datasetId", datasetId))))
        .orElseThrow(() -> ProblemException.notFound("There is no such dataset."));
  }

  @DELETE
  @RolesAllowed(Roles.OPERATOR)
  @Audited(action = "forget", resource = "dataset")
  @Path(DatasetPath.TABLE + "/memory")
  @Operation(
      operationId = "forgetDataset",
      summary = "Let the drift service forget a dataset: its runs, incidents and orders.",
      description =
          "The next run is a first one. What is stored of earlier runs stays and can be asked for.")
  @APIResponse(responseCode = "204", description = "It is forgotten.")
  @APIResponse(responseCode = "202", description = "The order is written.")
  public Response forget(
      @PathParam("datasetId") @Parameter(description = DATASET) String datasetId,
      @QueryParam("requester") @Parameter(description = "Who asks.") @Nullable String requester,
      @QueryParam("reason") @Parameter(description = "Why.") @Nullable String reason) {
    return order(command(DriftCommandKind.FORGET, dataset(datasetId), requester, reason));
  }

  @PUT
  @RolesAllowed(Roles.OPERATOR)
  @Audited(action = "seed", resource = "dataset")
  @Path(DatasetPath.TABLE + "/memory")
  @Operation(
      operationId = "seedDataset",
      summary = "Have the drift service remember the stored runs of a dataset.",
      description =
          "They are its history, as if it had judged them: no event comes of them. Runs that it"
              + " remembers already stay as they are, so that asking twice changes nothing.")
  @APIResponse(
      responseCode = "200",
      description = "The orders are written and stored.",
      content = @Content(schema = @Schema(implementation = SeedView.class)))
  @APIResponse(
      responseCode = "202",
      description = "The orders are written.",
      content = @Content(schema = @Schema(implementation = SeedView.class)))
  public Response seed(
      @PathParam("datasetId") @Parameter(description = DATASET) String datasetId,
      @QueryParam("runs")
          @Parameter(
              description = "The newest so many; all of them.",
              schema =
                  @Schema(
                      type = SchemaType.INTEGER,
                      minimum = "1",
                      maximum = "60",
                      defaultValue = "60"))
          @Nullable String runs,
      @QueryParam("from")
          @Parameter(description = "Runs from this time on, ISO 8601 with zone; all without.")
          @Nullable String from,
      @QueryParam("requester") @Parameter(description = "Who asks.") @Nullable String requester,
      @QueryParam("reason") @Parameter(description = "Why.") @Nullable String reason) {
    String dataset = dataset(datasetId);
    int most = Values.number("runs", runs, DatasetState.MOST_RUNS, 1, DatasetState.MOST_RUNS);
    Instant since = Values.instant("from", from);
    Seeds seeds = reader.answer(Seeds.of(dataset, since == null ? Instant.EPOCH : since, most));
    if (seeds.runs().isEmpty()) {
      throw ProblemException.notFound("No run is stored that could be remembered.");
    }
    TopicWriter.Written last = null;
    for (List<StoredRun> share : seeds.shares()) {
      for (TableProfile record : reader.answer(Seeds.records(share))) {
        last =
            Settlement.require(
                orders.command(
                    command(DriftCommandKind.SEED, dataset, requester, reason)
                        .setRunId(record.getRunId())
                        .setProfile(record)
                        .build()));
      }
    }
    return Response.status(settlement.isStored(Objects.requireNonNull(last)) ? 200 : 202)
        .entity(new SeedView(dataset, seeds.runs().size(), seeds.faulty(), seeds.tooWide()))
        .build();
  }

  @PUT
  @RolesAllowed(Roles.OPERATOR)
  @Audited(action = "pin", resource = "baseline")
  @Path(DatasetPath.TABLE + "/baseline")
  @Operation(operationId = "pinBaseline", summary = "Compare later runs with one run.")
  @APIResponse(responseCode = "204", description = "The run is pinned.")
  @APIResponse(responseCode = "202", description = "The order is written.")
  public Response pin(
      @PathParam("datasetId") @Parameter(description = DATASET) String datasetId,
      @QueryParam("runId") @Parameter(description = "Run to compare with.", required = true)
          @Nullable String runId,
      @QueryParam("requester") @Parameter(description = "Who asks.") @Nullable String requester,
      @QueryParam("reason") @Parameter(description = "Why.") @Nullable String reason) {
    UUID run = Values.run("runId", runId);
    if (run == null) {
      throw ProblemException.invalid("runId", "Say which run later runs are compared with.");
    }
    String dataset = dataset(datasetId);
    if (reader.answer(Runs.ofRun(run, dataset)).isEmpty()) {
      throw ProblemException.notFound("The dataset has no such run.");
    }
    return order(
        command(DriftCommandKind.PIN, dataset, requester, reason)
            .setRunId(run.toString())
            .setProfile(profile(run, dataset)));
  }

  @DELETE
  @RolesAllowed(Roles.OPERATOR)
  @Audited(action = "unpin", resource = "baseline")
  @Path(DatasetPath.TABLE + "/baseline")
  @Operation(operationId = "unpinBaseline", summary = "Compare later runs as policies say.")
  @APIResponse(responseCode = "204", description = "No run is pinned.")
  @APIResponse(responseCode = "202", description = "The order is written.")
  public Response unpin(
      @PathParam("datasetId") @Parameter(description = DATASET) String datasetId,
      @QueryParam("requester") @Parameter(description = "Who asks.") @Nullable String requester,
      @QueryParam("reason") @Parameter(description = "Why.") @Nullable String reason) {
    return order(command(DriftCommandKind.UNPIN, dataset(datasetId), requester, reason));
  }

  @PUT
  @RolesAllowed(Roles.OPERATOR)
  @Audited(action = "accept", resource = "schema")
  @Path(DatasetPath.TABLE + "/accepted-schema")
  @Operation(
      operationId = "acceptSchema",
      summary = "Accept the schema changes that are open as the new schema.")
  @APIResponse(responseCode = "204", description = "The changes are accepted.")
  @APIResponse(responseCode = "202", description = "The order is written.")
  public Response acceptSchema(
      @PathParam("datasetId") @Parameter(description = DATASET) String datasetId,
      @QueryParam("column") @Parameter(description = "Column; all without.")
          @Nullable String column,
      @QueryParam("requester") @Parameter(description = "Who asks.") @Nullable String requester,
      @QueryParam("reason") @Parameter(description = "Why.") @Nullable String reason) {
    return order(
        command(DriftCommandKind.ACCEPT_SCHEMA, dataset(datasetId), requester, reason)
            .setColumn(Values.text("column", column)));
  }

  @PUT
  @RolesAllowed(Roles.OPERATOR)
  @Audited(action = "mute", resource = "dataset")
  @Path(DatasetPath.TABLE + "/mute")
  @Operation(
      operationId = "muteDataset",
      summary = "Tell nobody of findings for a while; without until, tell again.")
  @APIResponse(responseCode = "204", description = "It is so.")
  @APIResponse(responseCode = "202", description = "The order is written.")
  public Response mute(
      @PathParam("datasetId") @Parameter(description = DATASET) String datasetId,
      @QueryParam("until")
          @Parameter(
              description = "End of the mute, ISO 8601 with zone, in the years 1970 to 2099.")
          @Nullable String until,
      @QueryParam("column") @Parameter(description = "Column; all without.")
          @Nullable String column,
      @QueryParam("metric") @Parameter(description = "Metric; all without.")
          @Nullable String metric,
      @QueryParam("requester") @Parameter(description = "Who asks.") @Nullable String requester,
      @QueryParam("reason") @Parameter(description = "Why.") @Nullable String reason) {
    return order(
        command(DriftCommandKind.MUTE, dataset(datasetId), requester, reason)
            .setUntil(Values.instant("until", until))
            .setColumn(Values.text("column", column))
            .setMetric(Values.text("metric", metric)));
  }

  /** A run that is pinned comes with its profile: the drift service may have forgotten it. */
  private @Nullable TableProfile profile(UUID run, String dataset) {
    return reader
        .answer(StoredRuns.one(run, dataset))
        .filter(Seeds::fits)
        .map(stored -> reader.answer(Seeds.records(List.of(stored))).get(0))
        .orElse(null);
  }

  private Response order(DriftCommand.Builder order) {
    DriftCommand command = order.build();
    Settlement.requireValid(command, "until");
    TopicWriter.Written at = Settlement.require(orders.command(command));
    return Response.status(settlement.isStored(at) ? 204 : 202).build();
  }

  private String dataset(String datasetId) {
    String dataset = Objects.requireNonNull(Values.dataset("datasetId", datasetId));
    rights.requireOperator(dataset);
    return dataset;
  }

  private DriftCommand.Builder command(
      DriftCommandKind kind, String dataset, @Nullable String requester, @Nullable String reason) {
    String actor = Values.line("requester", requester, 200);
    return DriftCommand.newBuilder()
        .setCommandId(UUID.randomUUID().toString())
        .setKind(kind)
        .setDatasetId(dataset)
        .setActor(rights.orderedBy(actor))
        .setReason(Values.line("reason", reason, 1_000))
        .setIssuedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS));
  }
}
