package io.profilemesh.cli.output;

/**
 * Colours by meaning; plain text where colours are off.
 *
 * @param enabled whether escape sequences are written
 */
public record Colours(boolean enabled) {

  /** No colours. */
  public static final Colours OFF = new Colours(false);

  /** Something that went well. */
  public String good(String text) {
    return paint("32", text);
  }

  /** Something that needs a look. */
  public String warning(String text) {
    return paint("33", text);
  }

  /** Something that went wrong. */
  public String bad(String text) {
    return paint("31", text);
  }

  /** A heading. */
  public String strong(String text) {
    return paint("1", text);
  }

  /** Something of less weight. */
  public String faint(String text) {
    return paint("2", text);
  }

  /** A severity or status by its name; {@code text} is what is shown, padding included. */
  public String byName(String name, String text) {
    return switch (name.toUpperCase(java.util.Locale.ROOT)) {
      case "HIGH", "FAILED", "DOWN", "DRIFT", "PROBLEM" -> bad(text);
      case "MEDIUM", "SKIPPED", "CANCELLED", "STARTING", "WARNING" -> warning(text);
      case "COMPLETED", "UP", "READY", "NO_DRIFT", "APPLIED", "OK" -> good(text);
      case "LOW" -> paint("36", text);
      default -> text;
    };
  }

  private String paint(String code, String text) {
    return enabled ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
