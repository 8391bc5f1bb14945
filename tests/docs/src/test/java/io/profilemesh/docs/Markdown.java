package io.profilemesh.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Markdown text holds that can be wrong. */
record Markdown(String text) {

  private static final Pattern FENCE =
      Pattern.compile(
          "^( *)```([\\w-]*)[^\\n]*\\n(.*?)^\\1```\\s*$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]\\n]+]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.+?)\\s*$", Pattern.MULTILINE);

  /** A fenced block. */
  record Block(String language, String content) {}

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    Matcher fence = FENCE.matcher(text);
    while (fence.find()) {
      blocks.add(new Block(fence.group(2), fence.group(3).stripIndent()));
    }
    return blocks;
  }

  /** Targets of links outside of blocks and code spans. */
  List<String> links() {
    return LINK.matcher(prose()).results().map(found -> found.group(1)).toList();
  }

  /** Anchors of the headings, as GitHub makes them. */
  List<String> anchors() {
    return HEADING.matcher(withoutBlocks()).results().map(found -> anchor(found.group(1))).toList();
  }

  /** Lines of a table whose first cell is exactly that, cells trimmed. */
  List<List<String>> rows(String firstCell) {
    return text.lines()
        .filter(line -> line.startsWith("|"))
        .map(Markdown::cells)
        .filter(cells -> !cells.isEmpty() && cells.get(0).equals(firstCell))
        .toList();
  }

  /** First cells of all table rows. */
  List<String> firstCells() {
    return text.lines()
        .filter(line -> line.startsWith("|"))
        .map(Markdown::cells)
        .filter(cells -> !cells.isEmpty())
        .map(cells -> cells.get(0))
        .toList();
  }

  private static List<String> cells(String line) {
    String inner = line.strip();
    inner = inner.substring(1, inner.endsWith("|") ? inner.length() - 1 : inner.length());
    return Pattern.compile("(?<!\\\\)\\|").splitAsStream(inner).map(String::strip).toList();
  }

  private String prose() {
    return withoutBlocks().replaceAll("`[^`\\n]*`", "");
  }

  private String withoutBlocks() {
    return FENCE.matcher(text).replaceAll("");
  }

  private static String anchor(String heading) {
    return heading
        .replaceAll("\\[([^\\]]+)]\\([^)]*\\)", "$1")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}\\s_-]", "")
        .strip()
        .replaceAll("\\s", "-");
  }
}
