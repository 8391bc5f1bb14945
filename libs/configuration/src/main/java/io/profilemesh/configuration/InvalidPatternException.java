package io.profilemesh.configuration;

/** A text is no table pattern; the message says why, without the text. */
public final class InvalidPatternException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidPatternException(String message) {
    super(message);
  }
}
