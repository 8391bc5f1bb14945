package io.profilemesh.query.history;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of a request to profile, as far as it is known. */
@Schema(name = "ProfileRequestState", description = "What became of a request, so far.")
public record ProfileRequestView(
    String requestId,
    @Schema(
            enumeration = {"requested", "running", "completed", "failed", "cancelled", "skipped"},
            description =
                "requested: not answered yet; else running while a run is open, then what is"
                    + " worst.")
        String status,
    @Nullable RunCounts counts,
    @Schema(description = "Its runs, the newest 500.") List<RunSummary> runs) {

  public ProfileRequestView {
    runs = List.copyOf(runs);
  }

  /** A request that the profiler has not answered yet. */
  public static ProfileRequestView waiting(String requestId) {
    return new ProfileRequestView(requestId, "requested", null, List.of());
  }

  /** Whether every run of it has ended. */
  public boolean isDone() {
    return !runs.isEmpty() && !status.equals("running");
  }
}
