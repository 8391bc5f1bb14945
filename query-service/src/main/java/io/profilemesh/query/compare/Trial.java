package io.profilemesh.query.compare;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What proposed policies would have changed. */
@Schema(
    name = "PolicyTest",
    description = "What would have fired under proposed policies, compared with what did.")
public record Trial(
    @Schema(description = "Version of the policies in force, to which the proposed ones are added.")
        long policyVersion,
    @Schema(description = "Datasets whose runs were judged again.") int datasets,
    @Schema(description = "Runs judged again.") int runs,
    @Schema(description = "Runs left out, as the drift service has not judged them.") int unjudged,
    @Schema(description = "False: there was more than could be judged in time.") boolean complete,
    Totals totals,
    @Schema(description = "Findings that differ, in the order of datasets and runs; 2,000 at most.")
        List<Difference> differences) {

  public Trial {
    differences = List.copyOf(differences);
  }

  /** How many findings there are. */
  @Schema(name = "PolicyTestTotals", description = "How many findings there are.")
  public record Totals(
      @Schema(description = "Findings that were made.") int fired,
      @Schema(description = "Findings that would have been made.") int wouldFire,
      @Schema(description = "Would have been made and were not.") int added,
      @Schema(description = "Were made and would not have been.") int gone,
      @Schema(description = "Would have been more severe.") int raised,
      @Schema(description = "Would have been less severe.") int lowered,
      @Schema(description = "Added or raised ones that would be of severity low.") int worseLow,
      @Schema(description = "Added or raised ones that would be of severity medium.")
          int worseMedium,
      @Schema(description = "Added or raised ones that would be of severity high.") int worseHigh,
      @Schema(description = "Were made, but what they said is not known any more.")
          int unexplained) {}

  /** A finding that differs. */
  @Schema(name = "PolicyTestDifference", description = "A finding that differs.")
  public record Difference(
      String datasetId,
      UUID runId,
      Instant at,
      @Nullable String column,
      String metric,
      @Schema(enumeration = {"added", "gone", "raised", "lowered"}) String difference,
      @Schema(description = "Severity that it had; null: it was not made.") @Nullable String fired,
      @Schema(description = "Severity that it would have; null: it would not be made.")
          @Nullable String wouldFire,
      String message) {}
}
