package io.profilemesh.configuration;

/** A regular expression needed more steps than a name may cost. */
public final class PatternTooExpensiveException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PatternTooExpensiveException() {
    super("the regular expression takes too many steps; make it simpler", null, false, false);
  }
}
