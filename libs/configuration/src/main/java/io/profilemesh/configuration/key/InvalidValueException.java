package io.profilemesh.configuration.key;

/** A text is no value of its kind; the message says what would be, without repeating the text. */
public final class InvalidValueException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param message such as {@code must be a whole number}
   */
  public InvalidValueException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
