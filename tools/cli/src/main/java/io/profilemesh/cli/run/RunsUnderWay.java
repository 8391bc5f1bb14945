package io.profilemesh.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Runs that are waited for, summed up for a person.
 *
 * @param subject which runs, or how many of them are done
 * @param percent how much of them is done; -1 where nobody can say
 * @param rowsRead rows read so far by those that are being scanned
 * @param rowsPerSecond rows they read per second; 0 while nobody can say
 * @param left time the slowest takes yet; negative where nobody can say
 */
public record RunsUnderWay(
    String subject, int percent, long rowsRead, long rowsPerSecond, Duration left) {

  private static final int DONE = 100;
  private static final Duration UNKNOWN = Duration.ofMillis(-1);

  /** Sums up; the list is not empty. */
  public static RunsUnderWay of(List<RunOutcome> runs) {
    long rows = 0;
    long rate = 0;
    long left = -1;
    long percents = 0;
    boolean known = runs.size() > 1;
    for (RunOutcome run : runs) {
      JsonNode progress = run.run().path("progress");
      rows += progress.path("rowsRead").asLong();
      rate += progress.path("rowsPerSecond").asLong();
      left = Math.max(left, progress.path("remainingMs").asLong(-1));
      percents += run.hasEnded() ? DONE : progress.path("percent").asInt();
      known |= progress.path("percent").isNumber();
    }
    return new RunsUnderWay(
        subject(runs),
        known ? (int) (percents / runs.size()) : -1,
        rows,
        rate,
        left < 0 ? UNKNOWN : Duration.ofMillis(left));
  }

  private static String subject(List<RunOutcome> runs) {
    if (runs.size() > 1) {
      long done = runs.stream().filter(RunOutcome::isSettled).count();
      return done + " of " + runs.size() + " done";
    }
    RunOutcome run = runs.get(0);
    return switch (run.status()) {
      case "requested" -> run.datasetId() + " waits for its turn";
      case "completed" -> run.datasetId() + " is being judged";
      default -> run.datasetId();
    };
  }

  /**
   * One line.
   *
   * @param bar length of a bar; 0: none
   * @param full sign of what is done
   * @param empty sign of what is not
   */
  public String line(int bar, String full, String empty) {
    StringBuilder line = new StringBuilder(subject);
    if (percent >= 0) {
      int done = percent * bar / DONE;
      line.append(bar == 0 ? "" : "  " + full.repeat(done) + empty.repeat(bar - done));
      line.append("  ").append(percent).append(" %");
    }
    if (rowsRead > 0) {
      line.append(String.format(Locale.ROOT, "  %,d rows", rowsRead));
    }
    if (rowsPerSecond > 0) {
      line.append(String.format(Locale.ROOT, "  %,d/s", rowsPerSecond));
    }
    if (!left.isNegative()) {
      line.append("  ").append(duration(left)).append(" left");
    }
    return line.toString();
  }

  private static String duration(Duration time) {
    long seconds = Math.max(1, (time.toMillis() + 999) / 1000);
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
  }
}
