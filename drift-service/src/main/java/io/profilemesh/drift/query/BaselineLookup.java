package io.profilemesh.drift.query;

import io.profilemesh.drift.query.StateDirectory.AwayException;
import io.profilemesh.drift.query.StateDirectory.Copy;
import io.profilemesh.drift.query.StateDirectory.Holders;
import io.profilemesh.drift.query.StateDirectory.Instance;
import io.profilemesh.drift.query.StateDirectory.Question;
import io.profilemesh.drift.query.StateDirectory.Reply;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers on any instance: from the owner's copy, wherever it is, and while the owner is away from
 * a standby's, marked as stale.
 */
record BaselineLookup(StateDirectory directory) {

  /** How a question was answered. */
  sealed interface Answer {

    /** From the copy of this instance. */
    record Here(BaselineView view, int partition, boolean stale) implements Answer {}

    /** By another instance. */
    record There(Reply reply, boolean stale) implements Answer {}

    /** The dataset is not known. */
    record Unknown() implements Answer {}

    /** No copy can be read at the moment. */
    record Away(String why) implements Answer {}
  }

  /** Answers, asking others where it must. */
  Answer ask(Question question) {
    Holders holders;
    try {
      holders = directory.holders(question.dataset());
      return of(holders.owner(), holders.partition(), question, Copy.OWN);
    } catch (AwayException e) {
      return askStandbys(question, e.getMessage());
    }
  }

  private Answer askStandbys(Question question, @Nullable String why) {
    try {
      Holders holders = directory.holders(question.dataset());
      for (Instance standby : holders.standbys()) {
        try {
          return of(standby, holders.partition(), question, Copy.STANDBY);
        } catch (AwayException e) {
          // The next one may answer.
        }
      }
    } catch (AwayException e) {
      return new Answer.Away(String.valueOf(e.getMessage()));
    }
    return new Answer.Away(String.valueOf(why));
  }

  /** Answers another instance that took this one for a holder, from the copy here or not at all. */
  Answer askHere(Question question, Copy copy) {
    try {
      Holders holders = directory.holders(question.dataset());
      return of(directory.self(), holders.partition(), question, copy);
    } catch (AwayException e) {
      return new Answer.Away(String.valueOf(e.getMessage()));
    }
  }

  private Answer of(Instance instance, int partition, Question question, Copy copy)
      throws AwayException {
    boolean stale = copy == Copy.STANDBY;
    if (!instance.equals(directory.self())) {
      return new Answer.There(directory.there(instance, question, copy), stale);
    }
    Optional<BaselineView> view = directory.here(question, partition, copy);
    return view.isEmpty() ? new Answer.Unknown() : new Answer.Here(view.get(), partition, stale);
  }
}
