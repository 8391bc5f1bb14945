package io.profilemesh.drift.query;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who holds the state of a dataset, and how to read it there. */
interface StateDirectory {

  /** Address of an instance's HTTP port. */
  record Instance(String host, int port) {

    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /**
   * Holders of a partition.
   *
   * @param owner instance that works on it
   * @param standbys instances that follow it
   */
  record Holders(int partition, Instance owner, List<Instance> standbys) {

    public Holders {
      standbys = List.copyOf(standbys);
    }
  }

  /**
   * A question.
   *
   * @param column column of which every run is told; null: none
   */
  record Question(String dataset, @Nullable String column) {}

  /** As what an instance reads its copy. */
  enum Copy {
    /** The one that is written to. */
    OWN,
    /** One that follows and may be behind. */
    STANDBY
  }

  /** A copy cannot be read now: it moves, is being restored, or its instance does not answer. */
  final class AwayException extends Exception {

    private static final long serialVersionUID = 1L;

    AwayException(String what) {
      super(what, null, false, false);
    }
  }

  /** This instance. */
  Instance self();

  /**
   * Who holds a dataset.
   *
   * @throws AwayException while partitions are dealt out
   */
  Holders holders(String dataset) throws AwayException;

  /**
   * Reads the copy of this instance.
   *
   * @return empty when the dataset is not known
   */
  Optional<BaselineView> here(Question question, int partition, Copy copy) throws AwayException;

  /**
   * Asks another instance for its copy, within a bounded time.
   *
   * @return its answer as it came, status 200 or 404
   */
  Reply there(Instance instance, Question question, Copy copy) throws AwayException;

  /** What another instance answered. */
  record Reply(int status, String contentType, String body) {}
}
