package io.profilemesh.cli.demo;

import io.profilemesh.cli.output.Console;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.cli.output.Formats;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The steps of the demo on standard error, each with its time; a step that runs shows on the last
 * line of a terminal.
 */
final class Stages {

  private static final int NAME_WIDTH = 22;
  private static final int DETAIL_WIDTH = 58;

  private final Console console;
  private final boolean quiet;
  private final long begin = System.nanoTime();
  private final Map<String, Long> milliseconds = new LinkedHashMap<>();

  Stages(Console console, boolean quiet) {
    this.console = console;
    this.quiet = quiet;
  }

  /** A step that gives a sentence about its result. */
  @FunctionalInterface
  interface Step {
    String run() throws Exception;
  }

  /**
   * Runs a step.
   *
   * @param key name in the report
   * @param title name for people
   */
  void run(String key, String title, Step step) throws Exception {
    begun(title);
    long start = System.nanoTime();
    String detail = step.run();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    milliseconds.put(key, took.toMillis());
    ended(title, detail, took);
  }

  /** Notes a step that somebody else has timed. */
  void done(String title, Duration took) {
    milliseconds.put(title.toLowerCase(Locale.ROOT).replace(' ', '-'), took.toMillis());
    ended(title, "ready", took);
  }

  /** Shows that something has begun. */
  void begun(String title) {
    if (!quiet && console.interactive()) {
      console.err().print("\r\u001b[K" + "    " + console.errColours().faint(title + " ..."));
      console.err().flush();
    }
  }

  /** Shows that something has ended well. */
  void ended(String title, String detail, Duration took) {
    if (quiet) {
      return;
    }
    clear();
    String line =
        "  "
            + console.errColours().good(console.sign("✓", "+"))
            + " "
            + DisplayText.padRight(title, NAME_WIDTH)
            + DisplayText.padRight(detail, DETAIL_WIDTH)
            + DisplayText.padLeft(Formats.seconds(took), 8);
    console.err().println(line);
    console.err().flush();
  }

  /** A line between the steps. */
  void say(String text) {
    if (!quiet) {
      clear();
      console.err().println(text);
      console.err().flush();
    }
  }

  /** Milliseconds since the beginning. */
  long elapsed() {
    return Duration.ofNanos(System.nanoTime() - begin).toMillis();
  }

  /** Milliseconds of each finished step, in order. */
  Map<String, Long> milliseconds() {
    return new LinkedHashMap<>(milliseconds);
  }

  private void clear() {
    if (console.interactive()) {
      console.err().print("\r\u001b[K");
    }
  }
}
