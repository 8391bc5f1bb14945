package io.profilemesh.cli.topic;

import java.util.function.Predicate;

/** Reads a topic of the mesh from some point on, without an end. */
public interface TopicTail extends AutoCloseable {

  /**
   * Reads records until told to stop.
   *
   * @param fromBeginning whether to begin with the oldest record instead of the next one
   * @param sink takes each record as a line of JSON; false stops the reading
   */
  void read(boolean fromBeginning, Predicate<String> sink);

  @Override
  void close();
}
