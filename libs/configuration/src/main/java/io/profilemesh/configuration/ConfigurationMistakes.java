package io.profilemesh.configuration;

import java.util.List;

/** A configuration cannot be used; lists everything that is wrong with it, each by its path. */
public final class ConfigurationMistakes extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Mistake> mistakes;

  ConfigurationMistakes(String file, List<Mistake> mistakes) {
    super(describe(file, mistakes));
    this.mistakes = List.copyOf(mistakes);
  }

  /** Everything found, in the order of the file. */
  public List<Mistake> mistakes() {
    return mistakes;
  }

  /**
   * One thing to correct.
   *
   * @param path where, such as {@code sources.warehouse.port}; empty for the file as a whole
   * @param message what is wrong and what would be right, without secrets
   */
  public record Mistake(String path, String message) {
    @Override
    public String toString() {
      return path.isEmpty() ? message : path + ": " + message;
    }
  }

  private static String describe(String file, List<Mistake> mistakes) {
    StringBuilder text = new StringBuilder("The configuration ").append(file).append(" has ");
    text.append(mistakes.size() == 1 ? "a mistake" : mistakes.size() + " mistakes").append(':');
    mistakes.forEach(mistake -> text.append("\n  ").append(mistake));
    return text.toString();
  }
}
