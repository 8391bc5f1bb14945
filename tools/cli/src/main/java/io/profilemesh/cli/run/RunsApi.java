package io.profilemesh.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.rest.Parameters;
import io.profilemesh.cli.rest.Rest;
import io.profilemesh.cli.rest.RestProblem;
import io.profilemesh.core.profile.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the query service says about runs. */
public final class RunsApi {

  private static final int PAGE = 500;

  private final Rest rest;

  public RunsApi(Rest rest) {
    this.rest = rest;
  }

  /** All items of a listing, page after page. */
  public List<JsonNode> all(String path, Parameters parameters) {
    List<JsonNode> items = new ArrayList<>();
    parameters.with("limit", PAGE);
    while (true) {
      JsonNode page = rest.get(path, parameters);
      page.path("items").forEach(items::add);
      JsonNode next = page.path("next");
      if (!next.isTextual()) {
        return items;
      }
      parameters.with("cursor", next.asText());
    }
  }

  /** The datasets that a run covers so far, each with its state. */
  public List<JsonNode> runs(RunId run) {
    return all("/runs", new Parameters().with("runId", run));
  }

  /** The runs that a request has led to so far, each with its state. */
  public List<JsonNode> runsOf(String requestId) {
    return all("/runs", new Parameters().with("requestId", requestId));
  }

  /**
   * The newest run of a dataset that a requester asked for; empty while there is none.
   *
   * @param from only runs requested since then
   */
  public Optional<JsonNode> latest(String datasetId, String requester, Instant from) {
    return all(
            "/runs",
            new Parameters()
                .with("dataset", datasetId)
                .with("requester", requester)
                .with("from", from))
        .stream()
        .findFirst();
  }

  /**
   * Orders that a run end; gives its datasets as they stand.
   *
   * @param datasetId only this one; null: all
   * @param reason why, or null
   */
  public List<JsonNode> cancel(
      RunId run, @Nullable String datasetId, String requester, @Nullable String reason) {
    List<JsonNode> runs = new ArrayList<>();
    rest.delete(
            "/runs/" + run,
            new Parameters()
                .with("dataset", datasetId)
                .with("requester", requester)
                .with("reason", reason))
        .path("runs")
        .forEach(runs::add);
    return runs;
  }

  /** The judgement of a run of a dataset; empty while there is none. */
  public Optional<JsonNode> verdict(RunId run, String datasetId) {
    try {
      return Optional.of(
          rest.get("/runs/" + run + "/verdict", new Parameters().with("dataset", datasetId)));
    } catch (RestProblem problem) {
      if (problem.isNotFound()) {
        return Optional.empty();
      }
      throw problem;
    }
  }

  /** The drift events of a run, all datasets. */
  public List<JsonNode> driftEvents(RunId run) {
    return all("/drift-events", new Parameters().with("runId", run));
  }
}
