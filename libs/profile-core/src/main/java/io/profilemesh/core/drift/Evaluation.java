package io.profilemesh.core.drift;

import java.util.List;

/**
 * Everything that was found out about one run. Lists are in the order of the table: the table
 * itself, then its columns.
 *
 * @param baseline what the run was judged against
 * @param policyVersion version of the policies that judged
 * @param renames columns that go on under another name, their history with them
 */
public record Evaluation(
    Baseline baseline,
    long policyVersion,
    List<Finding> findings,
    List<Judgement> judgements,
    List<NotEvaluated> notEvaluated,
    List<Rename> renames) {

  public Evaluation {
    findings = List.copyOf(findings);
    judgements = List.copyOf(judgements);
    notEvaluated = List.copyOf(notEvaluated);
    renames = List.copyOf(renames);
  }

  /** What a run amounts to. */
  public enum Outcome {
    NO_DRIFT,
    DRIFT,
    NOT_EVALUATED
  }

  /** Not evaluated without a baseline, drift with at least one finding. */
  public Outcome outcome() {
    if (baseline instanceof Baseline.None) {
      return Outcome.NOT_EVALUATED;
    }
    return findings.isEmpty() ? Outcome.NO_DRIFT : Outcome.DRIFT;
  }

  /** The same with other findings. */
  public Evaluation withFindings(List<Finding> others) {
    return new Evaluation(baseline, policyVersion, others, judgements, notEvaluated, renames);
  }

  /** The same with other findings, and with ranges that feedback made wider. */
  public Evaluation with(List<Finding> others, List<Judgement> wider) {
    return new Evaluation(baseline, policyVersion, others, wider, notEvaluated, renames);
  }

  /** Findings of a severity. */
  public int count(Severity severity) {
    return (int) findings.stream().filter(finding -> finding.severity() == severity).count();
  }
}
