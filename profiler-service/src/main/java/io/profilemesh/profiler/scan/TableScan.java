package io.profilemesh.profiler.scan;

/** Profiles one table in one pass. Safe for use by many threads. */
public interface TableScan {

  /**
   * Scans and blocks until the profile is complete, the source failed, or the scan was cancelled.
   *
   * @param connections where connections to the source come from
   * @param progress told about progress, from several threads
   * @param cancellation ends the scan early; already triggered means the scan does not begin
   */
  ScanResult scan(
      ScanRequest request,
      ConnectionSource connections,
      ScanProgress progress,
      ScanCancellation cancellation);
}
