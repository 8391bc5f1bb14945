package io.profilemesh.cli.letter;

import java.util.List;

/**
 * The refused record, without what is in it.
 *
 * @param there whether its topic still has it
 * @param headers names of its headers
 * @param replayed whether it was given to its topic once more already
 */
public record Original(boolean there, List<String> headers, boolean replayed) {

  /** A record that its topic has let go. */
  static final Original GONE = new Original(false, List.of(), false);

  public Original {
    headers = List.copyOf(headers);
  }
}
