package io.profilemesh.profiler.capture;

import java.util.Locale;

/**
 * How the capture of a source stands.
 *
 * @param sentence for people; empty when there is nothing to say
 * @param lagBytes log that the source keeps for it; negative when not known
 */
public record CaptureStatus(String source, State state, String sentence, long lagBytes) {

  /** For people. */
  public String describe() {
    String doing = state.name().toLowerCase(Locale.ROOT);
    return sentence.isEmpty() ? doing : doing + ": " + sentence;
  }

  /** What it is doing. */
  public enum State {
    /** It reads what is known and makes the source ready. */
    STARTING,
    /** It follows the source. */
    FOLLOWING,
    /** It cannot follow the source now, and tries again by itself. */
    WAITING
  }
}
