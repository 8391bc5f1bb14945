package io.profilemesh.cli.letter;

import java.util.Locale;

/**
 * What became of a letter that was to be replayed.
 *
 * @param letter the letter
 * @param outcome what became of it
 */
public record Replay(Letter letter, Outcome outcome) {

  /** What became of it. */
  public enum Outcome {
    /** Its record stands at the end of its topic once more. */
    REPLAYED,
    /** That was so before. */
    ALREADY_REPLAYED,
    /** Its topic no longer has the record. */
    GONE,
    /** Its topic is none of this mesh. */
    FOREIGN,
    /** Asked for without being done. */
    WOULD_REPLAY;

    /** The outcome as it is written. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }
}
