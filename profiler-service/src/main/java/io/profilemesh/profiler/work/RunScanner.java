package io.profilemesh.profiler.work;

import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.profiler.dialect.TableFacts;
import io.profilemesh.profiler.scan.ScanCancellation;
import io.profilemesh.profiler.scan.ScanFacts;
import io.profilemesh.profiler.scan.ScanProgress;
import io.profilemesh.schema.PlanDecision;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunOptions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Profiles the dataset of a run at its source. Safe for use by many threads. */
public interface RunScanner {

  /**
   * Scans and blocks until the end; expected failures are outcomes.
   *
   * @param options what the request asks for, or null for what the configuration says
   * @param plan decision of the planner, or null where the source could not be asked
   * @param deadline latest instant at which the scan may be running
   * @param listener told about progress, one call at a time
   * @param cancellation ends the scan early
   */
  Outcome scan(
      RunKey run,
      @Nullable RunOptions options,
      @Nullable PlanDecision plan,
      Instant deadline,
      Listener listener,
      ScanCancellation cancellation);

  /** Told how far a scan is. */
  interface Listener extends ScanProgress {

    /**
     * The table was found.
     *
     * @param estimatedRows rows the source expects, or null
     */
    void found(@Nullable Long estimatedRows);
  }

  /** How a scan ended. */
  sealed interface Outcome {

    /**
     * The dataset was read.
     *
     * @param hashKeyId key of the value hashes
     * @param origin what the next run may compare the source with; null for a run that was not made
     *     as the configuration says
     * @param about what the source says of the table, or null where it could not be asked
     */
    record Profiled(
        TableProfile profile,
        ScanFacts facts,
        String hashKeyId,
        @Nullable ScanOrigin origin,
        @Nullable TableFacts about)
        implements Outcome {}

    /**
     * It could not be read.
     *
     * @param message one sentence for people, without data values
     */
    record Failed(ReasonCode code, String message) implements Outcome {

      /** Whether time may heal it. */
      public boolean isTransient() {
        return code.category() == ReasonCode.Category.TRANSIENT;
      }
    }

    /** Somebody ended it; the code says why. */
    record Cancelled(ReasonCode code) implements Outcome {}
  }
}
