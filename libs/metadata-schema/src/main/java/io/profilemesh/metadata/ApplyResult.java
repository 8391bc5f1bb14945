package io.profilemesh.metadata;

import java.util.List;

/**
 * What applying did, or in a dry run would do.
 *
 * @param before version before; 0: an empty database
 * @param after version after
 * @param dryRun whether everything was rolled back
 * @param steps migrations in the order they ran; empty: nothing was pending
 */
public record ApplyResult(int before, int after, boolean dryRun, List<Step> steps) {

  public ApplyResult {
    steps = List.copyOf(steps);
  }

  /**
   * One migration.
   *
   * @param version version
   * @param script file it came from
   * @param sql its text
   * @param milliseconds how long it took
   * @param notRehearsed statements a dry run left out, because they cannot run in a transaction
   */
  public record Step(
      int version, String script, String sql, long milliseconds, List<String> notRehearsed) {

    public Step {
      notRehearsed = List.copyOf(notRehearsed);
    }
  }
}
