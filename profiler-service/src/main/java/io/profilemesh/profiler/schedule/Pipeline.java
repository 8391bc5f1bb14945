package io.profilemesh.profiler.schedule;

import io.profilemesh.configuration.DatasetConfig;
import io.profilemesh.configuration.MissedPolicy;
import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.configuration.ScheduleConfig;
import io.profilemesh.configuration.SliceConfig;
import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.TablePattern;
import io.profilemesh.schema.EventIds;
import io.profilemesh.schema.MissedFirings;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.RunOptions;
import io.profilemesh.schema.Schedule;
import io.profilemesh.schema.SliceRequest;
import io.profilemesh.schema.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A scheduled entry of the configuration. */
record Pipeline(DatasetConfig entry, ScheduleConfig schedule) {

  /** Request ids have at most 200 characters. */
  private static final int LONGEST_NAME_IN_ID = 140;

  /** Every pipeline of enabled sources. */
  static List<Pipeline> of(ProfilerConfiguration configuration) {
    return configuration.datasets().stream()
        .filter(
            entry -> configuration.source(entry.source()).filter(SourceConfig::enabled).isPresent())
        .flatMap(
            entry ->
                Stream.ofNullable(entry.schedule()).map(schedule -> new Pipeline(entry, schedule)))
        .toList();
  }

  String name() {
    return schedule.pipeline();
  }

  /** The same whoever makes it, so that a firing is one request. */
  String requestId(Instant fireFor) {
    String name = name();
    return "schedule/"
        + (name.length() <= LONGEST_NAME_IN_ID ? name : EventIds.of(name))
        + '/'
        + fireFor;
  }

  /** What a firing asks for. */
  ProfileRequest request(Instant fireFor, Instant now) {
    List<String> include = texts(entry.include());
    return ProfileRequest.newBuilder()
        .setRequestId(requestId(fireFor))
        .setSource(entry.source().value())
        .setTable(include.get(0))
        .setTables(include.subList(1, include.size()))
        .setExclude(texts(entry.exclude()))
        .setOptions(options())
        .setRequester("schedule")
        .setReason("Schedule " + schedule.cron() + " (" + schedule.zone().getId() + ')')
        .setTrigger(Trigger.SCHEDULE)
        .setRequestedAt(now)
        .setPipeline(name())
        .build();
  }

  /**
   * How far it has come, for the topic.
   *
   * @param before what was known until now, or null for a new pipeline
   */
  Schedule state(String environment, @Nullable Schedule before, Firings.Step step, Instant now) {
    SliceConfig slice = entry.slice();
    Instant fired = step.fireFor();
    return Schedule.newBuilder()
        .setEnvironment(environment)
        .setPipeline(name())
        .setSource(entry.source().value())
        .setInclude(texts(entry.include()))
        .setExclude(texts(entry.exclude()))
        .setCron(schedule.cron().toString())
        .setZone(schedule.zone().getId())
        .setMissed(missed(schedule.missed()))
        .setSlice(slice == null ? null : slice.name())
        .setOwner(entry.owner())
        .setTags(entry.tags())
        .setConfigured(true)
        .setFiredFor(fired != null ? fired : before == null ? null : before.getFiredFor())
        .setFiredAt(fired != null ? now : before == null ? null : before.getFiredAt())
        .setFiredRequestId(
            fired != null ? requestId(fired) : before == null ? null : before.getFiredRequestId())
        .setConsideredUntil(step.consideredUntil())
        .setMissedCount((before == null ? 0 : before.getMissedCount()) + step.missed())
        .setNextAt(schedule.next(step.consideredUntil()).orElse(null))
        .setUpdatedAt(now)
        .build();
  }

  /** Whether a state was written under the same configuration. */
  boolean isDescribedBy(Schedule state) {
    SliceConfig slice = entry.slice();
    return fires(state)
        && state.getConfigured()
        && state.getSource().equals(entry.source().value())
        && state.getInclude().equals(texts(entry.include()))
        && state.getExclude().equals(texts(entry.exclude()))
        && state.getMissed() == missed(schedule.missed())
        && Objects.equals(state.getSlice(), slice == null ? null : slice.name())
        && Objects.equals(state.getOwner(), entry.owner())
        && state.getTags().equals(entry.tags());
  }

  /** Whether a state speaks of the same instants. */
  boolean fires(Schedule state) {
    return state.getCron().equals(schedule.cron().toString())
        && state.getZone().equals(schedule.zone().getId());
  }

  private @Nullable RunOptions options() {
    SliceConfig slice = entry.slice();
    return slice == null
        ? null
        : RunOptions.newBuilder()
            .setSlice(SliceRequest.newBuilder().setName(slice.name()).build())
            .build();
  }

  private static MissedFirings missed(MissedPolicy policy) {
    return switch (policy) {
      case SKIP -> MissedFirings.SKIP;
      case ONCE -> MissedFirings.ONCE;
    };
  }

  private static List<String> texts(List<TablePattern> patterns) {
    return patterns.stream().map(TablePattern::text).toList();
  }
}
