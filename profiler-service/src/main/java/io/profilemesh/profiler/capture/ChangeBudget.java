package io.profilemesh.profiler.capture;

import io.profilemesh.configuration.ChangeRules;
import io.profilemesh.schema.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Decides whether a table is asked for now. Pure. */
final class ChangeBudget {

  private ChangeBudget() {}

  /**
   * A request to make.
   *
   * @param trigger CHANGE_CAPTURE, which always scans, or SWEEP, which need not
   * @param reason one sentence for people
   */
  record Ask(Trigger trigger, String reason) {}

  /**
   * The request to make now, if any.
   *
   * @param tableRows rows the source expects in the table; empty when it does not know
   * @param underWay whether the table's last request has not ended yet
   */
  static Optional<Ask> decide(
      TableChanges changes,
      ChangeRules rules,
      OptionalLong tableRows,
      boolean underWay,
      Instant now) {
    if (underWay) {
      return Optional.empty();
    }
    if (!changes.isPending()) {
      return sweep(changes, rules, now);
    }
    Instant asked = changes.requestedAt();
    if (asked != null && now.isBefore(asked.plus(rules.minInterval()))) {
      return Optional.empty();
    }
    String missed = changes.missed();
    if (missed != null) {
      return Optional.of(
          changes.pending().isNone()
              ? new Ask(Trigger.SWEEP, missed)
              : new Ask(Trigger.CHANGE_CAPTURE, missed));
    }
    return enough(changes, rules, tableRows, now)
        .map(why -> new Ask(Trigger.CHANGE_CAPTURE, sentence(changes.pending(), why)));
  }

  private static Optional<Ask> sweep(TableChanges changes, ChangeRules rules, Instant now) {
    Duration every = rules.sweep();
    return every != null && !now.isBefore(changes.sweptAt().plus(every))
        ? Optional.of(
            new Ask(
                Trigger.SWEEP, "No change was seen for " + text(every) + ": a look all the same."))
        : Optional.empty();
  }

  private static Optional<String> enough(
      TableChanges changes, ChangeRules rules, OptionalLong tableRows, Instant now) {
    ChangeCounts pending = changes.pending();
    if (pending.truncated() > 0) {
      return Optional.of("");
    }
    Long rows = rules.rows();
    if (rows != null && pending.rows() >= rows) {
      return Optional.of(String.format(Locale.ROOT, ", at least %,d", rows));
    }
    Double share = rules.share();
    if (share != null && tableRows.isPresent() && pending.rows() >= share * tableRows.getAsLong()) {
      return Optional.of(
          String.format(Locale.ROOT, ", at least %s %% of the table", percent(share)));
    }
    Instant last = changes.lastChange();
    return last == null || !now.isBefore(last.plus(rules.quiet()))
        ? Optional.of(", then none for " + text(rules.quiet()))
        : Optional.empty();
  }

  /** Such as {@code 1s} or {@code 1h30m}. */
  private static String text(Duration time) {
    return time.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  private static String percent(double share) {
    String text = String.format(Locale.ROOT, "%.2f", share * 100);
    return text.replaceFirst("\\.?0+$", "");
  }

  private static String sentence(ChangeCounts counts, String why) {
    String text = counts + why + '.';
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
