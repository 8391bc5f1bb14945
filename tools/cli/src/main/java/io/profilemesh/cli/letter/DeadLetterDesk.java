package io.profilemesh.cli.letter;

import java.util.List;
import java.util.function.Predicate;

/**
 * The dead letters of a mesh. Every method throws {@link io.profilemesh.cli.Failure} when the
 * brokers do not answer or refuse.
 */
public interface DeadLetterDesk extends AutoCloseable {

  /**
   * The letters that are there now, the last written first.
   *
   * @param wanted which of them
   */
  List<Letter> read(Predicate<Letter> wanted);

  /** Looks for the record that a letter is about. */
  Original original(Letter letter);

  /**
   * Gives the records of letters to their topics once more: key, value and headers as they were, on
   * the same partition, each once however often this is asked for.
   *
   * @param letters several about the same record count as one
   * @param onlySay say what would be done, and do nothing
   */
  List<Replay> replay(List<Letter> letters, boolean onlySay);

  @Override
  void close();
}
