package io.profilemesh.cli.command;

import io.profilemesh.cli.output.Console;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.cli.output.ProgressLine;
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

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

  private final Console console;
  private final InstantSource clock;
  private final boolean quiet;
  private final ProgressLine line;
  private @Nullable Instant nextLine;

  /**
   * @param quiet say nothing
   */
  WaitingLine(Console console, InstantSource clock, boolean quiet) {
    this.console = console;
    this.clock = clock;
    this.quiet = quiet;
    this.line = new ProgressLine(console);
  }

  @Override
  public void seen(List<RunOutcome> runs) {
    if (quiet || runs.isEmpty()) {
      return;
    }
    RunsUnderWay way = RunsUnderWay.of(runs);
    if (console.interactive()) {
      line.show(way.line(BAR, console.sign("\u2588", "#"), console.sign("\u2591", "-")));
    } else {
      print(way);
    }
  }

  @Override
  public void settled(RunOutcome outcome) {
    if (!quiet && console.interactive()) {
      clear();
      String text = DisplayText.printable(outcome.datasetId() + " " + outcome.status());
      console.err().println(console.errColours().faint(text));
    }
  }

  /** Leaves the line empty for what is printed next. */
  void clear() {
    line.clear();
  }

  /** A wait that is over soon needs no words. */
  private void print(RunsUnderWay way) {
    Instant now = clock.instant();
    if (nextLine == null) {
      nextLine = now.plus(BETWEEN_LINES);
    } else if (!now.isBefore(nextLine)) {
      nextLine = now.plus(BETWEEN_LINES);
      console.err().println(DisplayText.printable(way.line(0, "", "")));
    }
  }
}
