package io.profilemesh.query.api;

import io.profilemesh.query.command.RunCommandSender;
import io.profilemesh.query.history.Reader;
import io.profilemesh.query.history.Runs;
import io.profilemesh.query.history.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Has runs cancelled, and waits a moment to see it done. */
@ApplicationScoped
public class RunCanceller {

  private final Reader reader;
  private final RunCommandSender commands;
  private final Rights rights;
  private final Settlement settlement;

  @Inject
  RunCanceller(Reader reader, RunCommandSender commands, Rights rights, Settlement settlement) {
    this.settlement = settlement;
    this.rights = rights;
    this.reader = reader;
    this.commands = commands;
  }

  /**
   * Orders that a run end. Repeating it is harmless.
   *
   * @param dataset one dataset of the run, or null for all
   * @throws ProblemException when there is no such run, or it ended in another way
   */
  RunCancellation cancel(
      UUID run, @Nullable String dataset, String actor, @Nullable String reason) {
    // A run that was requested a moment ago is on its way into the tables.
    RunCancellation found = look(run, dataset, seen -> !seen.isEmpty());
    if (found.isEmpty()) {
      throw ProblemException.notFound(
          dataset == null ? "There is no such run." : "The run has no such dataset.");
    }
    requireAll(run, dataset, found);
    if (found.isDone()) {
      if (found.hasCancelled()) {
        return found;
      }
      throw new ProblemException(
          ProblemCode.RUN_ENDED, "The run has ended: " + found.runs().get(0).status() + ".", null);
    }
    if (!commands.cancel(run, dataset, actor, reason)) {
      throw new ProblemException(
          ProblemCode.BROKER_UNAVAILABLE,
          "The order could not be written to its topic: try again in some seconds.",
          null);
    }
    return look(run, dataset, RunCancellation::isDone);
  }

  /** The order ends every dataset that it names, so the caller has to be allowed all of them. */
  private void requireAll(UUID run, @Nullable String dataset, RunCancellation found) {
    found.runs().forEach(one -> rights.requireOperator(one.datasetId()));
    if (dataset == null
        && reader.answer(Runs.ofRun(run, null), Scope.everything()).size() > found.runs().size()) {
      throw Rights.forbidden("The run covers datasets of others, too: name one with ?dataset=.");
    }
  }

  private RunCancellation look(
      UUID run, @Nullable String dataset, Predicate<RunCancellation> enough) {
    return settlement.seen(
        () -> new RunCancellation(run, reader.answer(Runs.ofRun(run, dataset))), enough);
  }
}
