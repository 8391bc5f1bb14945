package io.profilemesh.cli.output;

/**
 * One line on standard error that is drawn anew in its place while something takes long. Nothing is
 * written where no person watches. For use by one thread.
 */
public final class ProgressLine {

  /** A line that wraps cannot be drawn anew. */
  private static final int WIDTH = 79;

  private static final int BAR = 16;
  private static final String ERASE = "\r\u001b[K";

  private final Console console;
  private String shown = "";

  public ProgressLine(Console console) {
    this.console = console;
  }

  /** Draws a line in place of the one before. */
  public void show(String text) {
    String printable = DisplayText.printable(text);
    String line = printable.length() <= WIDTH ? printable : printable.substring(0, WIDTH);
    if (console.interactive() && !line.equals(shown)) {
      console.err().print(ERASE + line);
      console.err().flush();
      shown = line;
    }
  }

  /** Draws a bar with what it is about. */
  public void show(long done, long total, String text) {
    int full = total <= 0 ? 0 : (int) Math.min(BAR, done * BAR / total);
    show(
        console.sign("\u2588", "#").repeat(full)
            + console.sign("\u2591", "-").repeat(BAR - full)
            + " "
            + text);
  }

  /** Leaves the line empty for what is printed next. */
  public void clear() {
    if (!shown.isEmpty()) {
      console.err().print(ERASE);
      console.err().flush();
      shown = "";
    }
  }
}
