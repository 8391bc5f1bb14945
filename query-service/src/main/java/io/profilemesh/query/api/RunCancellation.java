package io.profilemesh.query.api;

import io.profilemesh.query.history.RunSummary;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an order to cancel a run found and did, as far as it is known. */
@Schema(description = "The runs that the order is about, as they stand now.")
public record RunCancellation(UUID runId, List<RunSummary> runs) {

  public RunCancellation {
    runs = List.copyOf(runs);
  }

  /** Whether all of it has ended. */
  boolean isDone() {
    return runs.stream().noneMatch(RunCancellation::isOpen);
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }

  boolean hasCancelled() {
    return runs.stream().anyMatch(run -> run.status().equals("cancelled"));
  }

  private static boolean isOpen(RunSummary run) {
    return run.status().equals("requested") || run.status().equals("running");
  }
}
