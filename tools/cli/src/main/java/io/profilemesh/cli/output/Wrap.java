package io.profilemesh.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Breaks sentences into lines at spaces. */
public final class Wrap {

  private Wrap() {}

  /** Lines of at most {@code width} columns, longer only where a word is; at least one. */
  public static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split(" +")) {
      boolean fits = DisplayText.width(line.toString()) + 1 + DisplayText.width(word) <= width;
      if (!line.isEmpty() && !fits) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
