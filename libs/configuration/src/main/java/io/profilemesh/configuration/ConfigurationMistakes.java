package io.profilemesh.configuration;

import io.profilemesh.configuration.file.Mistake;
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

  private static String describe(String file, List<Mistake> mistakes) {
    StringBuilder text = new StringBuilder("The configuration ").append(file).append(" has ");
    text.append(mistakes.size() == 1 ? "a mistake" : mistakes.size() + " mistakes").append(':');
    mistakes.forEach(mistake -> text.append("\n  ").append(mistake));
    return text.toString();
  }
}
