package io.profilemesh.query.api;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.query.access.Roles;
import io.profilemesh.query.compare.Basis;
import io.profilemesh.query.compare.Comparer;
import io.profilemesh.query.compare.Comparison;
import io.profilemesh.query.compare.ComparisonView;
import io.profilemesh.query.history.PageRequest;
import io.profilemesh.query.history.PolicyVersions;
import io.profilemesh.query.history.Reader;
import io.profilemesh.query.history.Runs;
import io.profilemesh.query.history.StoredRun;
import io.profilemesh.query.history.StoredRuns;
import io.profilemesh.query.history.TableSummary;
import io.profilemesh.query.history.Tables;
import io.profilemesh.query.history.Where;
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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Drift on demand. */
@Path("/api/v1/compare")
@Produces({MediaType.APPLICATION_JSON, Answers.CSV})
@Tag(name = "drift")
@Blocking
public class CompareResource {

  private static final int MOST_CANDIDATES = 100;

  private final Reader reader;
  private final Answers answers;
  private final Turns turns =
      new Turns(4, "Four comparisons are being worked out: try again in some seconds.");

  @Inject
  CompareResource(Reader reader, Answers answers) {
    this.reader = reader;
    this.answers = answers;
  }

  @GET
  @RolesAllowed(Roles.READER)
  @Operation(
      operationId = "compare",
      summary = "Compare a run with another one, or with a window of runs.",
      description =
          "Judged by the same library, history and policies as in the stream: with the baseline and"
              + " the policy version of the run's verdict it has the same findings. Without a"
              + " baseline, the one of that verdict is taken. As CSV, a line for each change.")
  @APIResponse(
      responseCode = "200",
      description = "The comparison.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ComparisonView.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  @APIResponse(
      responseCode = "404",
      description = "There is no such run, or its profile is not stored.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Response compare(
      @BeanParam CompareParameters parameters,
      @BeanParam FormatParameter format,
      @Context HttpHeaders headers) {
    return turns.take(
        () ->
            answers.one(
                headers,
                format.format,
                ComparisonView.of(comparison(parameters)),
                CsvTables.DRIFT_EVENTS,
                ComparisonView::changes));
  }

  private Comparison comparison(CompareParameters parameters) {
    Basis basis = parameters.basis();
    Long version = parameters.version();
    if (version != null
        && version > reader.answer(sight -> PolicyVersions.newest(sight.connection()))) {
      throw ProblemException.invalid("policyVersion", "The policies have no such version yet.");
    }
    StoredRun current = current(parameters);
    if (parameters.baseline != null) {
      basis = new Basis.Run(baseline(parameters.baseline, current));
    }
    return reader.answer(Comparer.of(current, basis, version));
  }

  private StoredRun current(CompareParameters parameters) {
    UUID run = Values.run("current", parameters.current);
    String dataset = dataset(run, parameters);
    Optional<StoredRun> stored =
        reader.answer(run == null ? StoredRuns.newest(dataset) : StoredRuns.one(run, dataset));
    return stored.orElseThrow(
        () ->
            ProblemException.notFound(
                run == null
                    ? "No profile of the dataset is stored."
                    : "There is no such run of the dataset, or its profile is not stored."));
  }

  private StoredRun baseline(String baseline, StoredRun current) {
    UUID run = Objects.requireNonNull(Values.run("baseline", baseline));
    if (run.equals(current.runId())) {
      throw ProblemException.invalid("baseline", "A run is not compared with itself.");
    }
    return reader
        .answer(StoredRuns.one(run, current.datasetId()))
        .orElseThrow(
            () ->
                ProblemException.notFound(
                    "The baseline is no run of the dataset, or its profile is not stored."));
  }

  private String dataset(@Nullable UUID run, CompareParameters parameters) {
    String named = Values.dataset("dataset", parameters.dataset);
    if (named != null) {
      return named;
    }
    String table = Values.text("table", parameters.table);
    List<String> candidates = run == null ? ofTable(table) : ofRun(run, table);
    if (candidates.isEmpty()) {
      throw ProblemException.notFound(
          run == null ? "No such table is known." : "There is no such run of such a table.");
    }
    if (candidates.size() > 1) {
      throw new ProblemException(
          ProblemCode.DATASET_NEEDED,
          "That are several datasets: name one with ?dataset=.",
          "dataset",
          candidates.subList(0, Math.min(MOST_CANDIDATES, candidates.size())));
    }
    return candidates.get(0);
  }

  private List<String> ofRun(UUID run, @Nullable String table) {
    return reader.answer(Runs.datasets(run)).stream()
        .filter(dataset -> table == null || DatasetId.parse(dataset).table().equals(table))
        .toList();
  }

  private List<String> ofTable(@Nullable String table) {
    if (table == null) {
      throw ProblemException.invalid(
          "current", "Name the run to judge, or the dataset whose newest run it is.");
    }
    return reader
        .answer(
            Tables.byName(
                new Where().equal("t.table_name", table),
                new PageRequest(MOST_CANDIDATES, 0, null, false)))
        .items()
        .stream()
        .map(TableSummary::datasetId)
        .toList();
  }
}
