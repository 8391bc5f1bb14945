package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.output.Colours;
import io.profilemesh.cli.output.Console;
import io.profilemesh.cli.run.RunOutcome;
import io.profilemesh.core.profile.RunId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingLineTest {

  private static final String ERASE = "\r\u001b[K";

  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();
  private Instant now = Instant.parse("2026-11-20T10:00:00Z");

  @Test
  void shouldDrawABarInItsPlaceOnATerminal() {
    WaitingLine line = line(true, false);

    line.seen(List.of(running("orders", 250_000, 25, 800_000, 1_000)));
    line.seen(List.of(running("orders", 250_000, 25, 800_000, 1_000)));
    line.seen(List.of(running("orders", 750_000, 75, 800_000, 300)));
    line.clear();

    assertThat(err.toString())
        .isEqualTo(
            ERASE
                + "shop/public/orders  ####------------  25 %  250,000 rows  800,000/s  1 s"
                + " left"
                + ERASE
                + "shop/public/orders  ############----  75 %  750,000 rows  800,000/s  1 s"
                + " left"
                + ERASE);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void shouldSumUpSeveralRuns() {
    line(true, false)
        .seen(
            List.of(
                run("a", "failed", ""),
                running("b", 1_000, 40, 500, 90_000),
                running("c", 2_000, 70, 500, 3_000)));

    assertThat(err.toString())
        .endsWith("1 of 3 done  ###########-----  70 %  3,000 rows  1,000/s  1 min 30 s left");
  }

  @Test
  void shouldDrawNoBarWhereTheSourceExpectsNothing() {
    line(true, false)
        .seen(
            List.of(
                run("v", "running", ",\"progress\":{\"rowsRead\":7000,\"rowsPerSecond\":350}")));

    assertThat(err.toString()).endsWith("shop/public/v  7,000 rows  350/s");
  }

  @Test
  void shouldSayWhatIsWaitedForWhenNothingIsScanned() {
    WaitingLine line = line(true, false);

    line.seen(List.of(run("orders", "requested", "")));
    line.seen(List.of(run("orders", "completed", "")));

    assertThat(err.toString()).contains("waits for its turn").contains("is being judged");
  }

  @Test
  void shouldPrintALineEveryFewSecondsInAPipe() {
    WaitingLine line = line(false, false);

    for (int second = 0; second < 12; second++) {
      line.seen(List.of(running("orders", 1_000L * second, 10, 1_000, 90_000)));
      now = now.plusSeconds(1);
    }

    assertThat(err.toString().lines())
        .containsExactly(
            "shop/public/orders  10 %  5,000 rows  1,000/s  1 min 30 s left",
            "shop/public/orders  10 %  10,000 rows  1,000/s  1 min 30 s left");
    assertThat(err.toString()).doesNotContain("\u001b").doesNotContain("\r");
  }

  @Test
  void shouldSayNothingWhenToldToBeQuiet() {
    for (boolean terminal : new boolean[] {true, false}) {
      WaitingLine line = line(terminal, true);
      line.seen(List.of(running("orders", 1_000, 10, 1_000, 90_000)));
      now = now.plusSeconds(60);
      line.seen(List.of(running("orders", 1_000, 10, 1_000, 90_000)));
      line.settled(run("orders", "completed", ""));
      line.clear();
    }

    assertThat(err.toString()).isEmpty();
  }

  @Test
  void shouldNotLetANameWriteToTheTerminal() {
    line(true, false).seen(List.of(run("a\\u001b[2J", "running", "")));

    assertThat(err.toString().substring(ERASE.length())).doesNotContain("\u001b");
  }

  @Test
  void shouldSayThatRunsGoOnWhenThePersonLeaves() {
    RunId run = RunId.derivedFrom("r");

    try (Farewell farewell = new Farewell(console(true), List.of(run))) {
      farewell.say();
    }

    assertThat(err.toString())
        .contains("The run goes on.")
        .contains("profilemesh cancel " + run)
        .contains("profilemesh query runs --run-id " + run);
  }

  private WaitingLine line(boolean terminal, boolean quiet) {
    return new WaitingLine(console(terminal), () -> now, quiet);
  }

  private Console console(boolean terminal) {
    return new Console(
        new PrintWriter(out), new PrintWriter(err), Colours.OFF, Colours.OFF, terminal, false);
  }

  private static RunOutcome running(
      String table, long rows, int percent, long perSecond, long remaining) {
    return run(
        table,
        "running",
        ",\"progress\":{\"rowsRead\":%d,\"percent\":%d,\"rowsPerSecond\":%d,\"remainingMs\":%d}"
            .formatted(rows, percent, perSecond, remaining));
  }

  private static RunOutcome run(String table, String status, String more) {
    return new RunOutcome(
        Fakes.json(
            "{\"datasetId\":\"shop/public/%s\",\"status\":\"%s\"%s}"
                .formatted(table, status, more)),
        null,
        null);
  }
}
