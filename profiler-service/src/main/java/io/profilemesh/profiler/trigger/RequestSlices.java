package io.profilemesh.profiler.trigger;

import io.profilemesh.configuration.DatasetConfig;
import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.configuration.SliceCalendar.Span;
import io.profilemesh.configuration.SliceConfig;
import io.profilemesh.configuration.SourceName;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.SliceRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the closed periods of a slice that a request means: each is a run of its own. */
final class RequestSlices {

  private static final int MOST_RUNS = 10_000;

  private final ProfilerConfiguration configuration;

  RequestSlices(ProfilerConfiguration configuration) {
    this.configuration = configuration;
  }

  /**
   * A run to be made.
   *
   * @param slice the period of a slice, start and end given, or null for a whole table
   */
  record Target(DatasetId dataset, RunId runId, @Nullable SliceRequest slice) {}

  /** Whole tables. */
  static List<Target> wholeTables(List<DatasetId> tables, RunId runId) {
    return tables.stream().map(table -> new Target(table, runId, null)).toList();
  }

  /**
   * The periods of each table that has a slice of that name, oldest first. The newest belongs to
   * the given run, each earlier one to a run whose id follows from it and the period.
   *
   * @throws Declined when no table has that slice, or the period is none of its own
   */
  List<Target> periods(List<DatasetId> tables, SliceRequest asked, RunId runId, Instant now)
      throws Declined {
    List<Target> targets = new ArrayList<>();
    for (DatasetId table : tables) {
      Optional<SliceConfig> slice = slice(table, asked.getName());
      if (slice.isPresent()) {
        targets.addAll(periods(table, slice.get(), asked, runId, now));
      }
    }
    if (targets.isEmpty()) {
      throw new Declined(
          ReasonCode.INVALID_OPTION,
          "The profiler's configuration has no slice '"
              + PrintableText.of(asked.getName(), 100)
              + "' of the table.");
    }
    if (targets.size() > MOST_RUNS) {
      throw new Declined(
          ReasonCode.INVALID_OPTION,
          "The request means more than 10,000 periods; ask for fewer at a time.");
    }
    return targets;
  }

  private Optional<SliceConfig> slice(DatasetId table, String name) {
    return configuration
        .dataset(new SourceName(table.source()), table.schema(), table.table(), name)
        .map(DatasetConfig::slice);
  }

  private static List<Target> periods(
      DatasetId table, SliceConfig slice, SliceRequest asked, RunId runId, Instant now)
      throws Declined {
    DatasetId dataset = new DatasetId(table.source(), table.schema(), table.table(), slice.name());
    List<Span> spans = spans(slice, asked, now);
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      boolean newest = i == spans.size() - 1;
      targets.add(
          new Target(
              dataset,
              newest ? runId : RunId.derivedFrom(runId + "/" + span.start()),
              new SliceRequest(slice.name(), span.start(), span.end(), null)));
    }
    return targets;
  }

  private static List<Span> spans(SliceConfig slice, SliceRequest asked, Instant now)
      throws Declined {
    Instant start = asked.getStart();
    Instant end = asked.getEnd();
    if (start == null || end == null) {
      Integer last = asked.getLast();
      return slice.calendar().closedBefore(now, last == null ? 1 : last);
    }
    if (end.isAfter(now)) {
      throw new Declined(
          ReasonCode.INVALID_OPTION, "The period is not over yet; ask for it when it is.");
    }
    return slice
        .calendar()
        .exactly(start, end, MOST_RUNS)
        .orElseThrow(
            () ->
                new Declined(
                    ReasonCode.INVALID_OPTION,
                    "The period does not begin and end where periods of the slice do ("
                        + slice.period()
                        + ", in UTC), or means more than 10,000 of them."));
  }
}
