package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.schema.ReasonCode;

/** How a scan ended. */
public sealed interface ScanResult {

  /** The whole table (or slice, or sample) was read. */
  record Completed(TableProfile profile, ScanFacts facts) implements ScanResult {}

  /**
   * The source failed, or what was asked cannot be done there.
   *
   * @param message one sentence for people, without data values
   */
  record Failed(ReasonCode code, String message) implements ScanResult {

    /** Whether the same scan may succeed later without anybody's doing. */
    public boolean isTransient() {
      return code.category() == ReasonCode.Category.TRANSIENT;
    }
  }

  /** Somebody ended the scan, or its deadline passed; {@code code} says which. */
  record Cancelled(ReasonCode code) implements ScanResult {}
}
