package io.profilemesh.cli.check;

import java.util.Locale;

/**
 * What a check found.
 *
 * @param subject what was looked at, such as {@code broker}
 * @param state how it is
 * @param what what was seen, without secrets
 * @param remedy what to do next; empty where nothing is to be done
 */
public record Finding(String subject, State state, String what, String remedy) {

  /** How something is. */
  public enum State {
    OK,
    /** It works, but somebody should look at it. */
    WARNING,
    PROBLEM,
    /** Nobody said where it is, so it was not looked at. */
    SKIPPED;

    /** The state as it is written. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** It is as it should be. */
  public static Finding ok(String subject, String what) {
    return new Finding(subject, State.OK, what, "");
  }

  /** It works, but somebody should look at it. */
  public static Finding warning(String subject, String what, String remedy) {
    return new Finding(subject, State.WARNING, what, remedy);
  }

  /** It does not work. */
  public static Finding problem(String subject, String what, String remedy) {
    return new Finding(subject, State.PROBLEM, what, remedy);
  }

  /** It was not looked at. */
  public static Finding skipped(String subject, String what, String remedy) {
    return new Finding(subject, State.SKIPPED, what, remedy);
  }
}
