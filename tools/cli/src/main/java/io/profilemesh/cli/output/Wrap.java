package io.profilemesh.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Breaks sentences into lines at spaces. */
public final class Wrap {

  /** A short remark in parentheses, such as a time, reads better in one piece. */
  private static final Pattern REMARK = Pattern.compile("\\([^()]{1,30}\\)");

  private static final char GLUE = '\u00a0';

  private Wrap() {}

  /** Lines of at most {@code width} columns, longer only where a word is; at least one. */
  public static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : glued(text.strip()).split(" +")) {
      boolean fits = DisplayText.width(line.toString()) + 1 + DisplayText.width(word) <= width;
      if (!line.isEmpty() && !fits) {
        lines.add(line.toString().replace(GLUE, ' '));
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString().replace(GLUE, ' '));
    return lines;
  }

  private static String glued(String text) {
    return REMARK.matcher(text).replaceAll(remark -> glue(remark.group()));
  }

  private static String glue(String remark) {
    return Matcher.quoteReplacement(remark.replace(' ', GLUE));
  }
}
