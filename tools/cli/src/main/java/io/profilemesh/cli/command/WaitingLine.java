package io.profilemesh.cli.command;

import io.profilemesh.cli.output.Console;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.cli.run.RunFollower;
import io.profilemesh.cli.run.RunOutcome;
import io.profilemesh.cli.run.RunsUnderWay;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells on standard error how runs get on: on a terminal as a bar that is drawn anew in its place,
 * else as a line every few seconds.
 */
final class WaitingLine implements RunFollower.Listener {

  private static final int BAR = 16;

  /** A line that wraps cannot be drawn anew. */
  private static final int WIDTH = 79;

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
  private static final String ERASE = "\r\u001b[K";

  private final Console console;
  private final InstantSource clock;
  private final boolean quiet;
  private String shown = "";
  private @Nullable Instant nextLine;

  /**
   * @param quiet say nothing
   */
  WaitingLine(Console console, InstantSource clock, boolean quiet) {
    this.console = console;
    this.clock = clock;
    this.quiet = quiet;
  }

  @Override
  public void seen(List<RunOutcome> runs) {
    if (quiet || runs.isEmpty()) {
      return;
    }
    RunsUnderWay way = RunsUnderWay.of(runs);
    if (console.interactive()) {
      draw(printable(way.line(BAR, console.sign("\u2588", "#"), console.sign("\u2591", "-"))));
    } else {
      print(way);
    }
  }

  @Override
  public void settled(RunOutcome outcome) {
    if (!quiet && console.interactive()) {
      clear();
      String line = DisplayText.printable(outcome.datasetId() + " " + outcome.status());
      console.err().println(console.errColours().faint(line));
    }
  }

  /** Leaves the line empty for what is printed next. */
  void clear() {
    if (!shown.isEmpty()) {
      console.err().print(ERASE);
      console.err().flush();
      shown = "";
    }
  }

  private void draw(String line) {
    if (!line.equals(shown)) {
      console.err().print(ERASE + line);
      console.err().flush();
      shown = line;
    }
  }

  /** A wait that is over soon needs no words. */
  private void print(RunsUnderWay way) {
    Instant now = clock.instant();
    if (nextLine == null) {
      nextLine = now.plus(BETWEEN_LINES);
    } else if (!now.isBefore(nextLine)) {
      nextLine = now.plus(BETWEEN_LINES);
      console.err().println(printable(way.line(0, "", "")));
    }
  }

  private static String printable(String line) {
    String text = DisplayText.printable(line);
    return text.length() <= WIDTH ? text : text.substring(0, WIDTH);
  }
}
