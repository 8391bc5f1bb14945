package io.profilemesh.schema;

import io.profilemesh.schema.Topic.Cleanup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Every topic of one mesh.
 *
 * <p>Topics keyed by dataset have equal partition counts, so that records of one dataset keep their
 * order through every service and {@code drift-commands} joins {@code table-profiles}.
 *
 * @param prefix start of every topic name, one per environment
 */
public record Topics(String prefix) {

  /** Prefix unless configured otherwise. */
  public static final String DEFAULT_PREFIX = "profilemesh.";

  /** Largest record: a verdict over 2,000 columns needs more than a broker's default of 1 MiB. */
  public static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

  private static final int PARTITIONS = 6;
  private static final Pattern VALID_PREFIX = Pattern.compile("[A-Za-z0-9._-]{0,100}");
  private static final Map<String, String> UNLIMITED = Map.of("retention.ms", "-1");

  public Topics {
    if (!VALID_PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "a topic prefix has at most 100 letters, digits, dots, dashes and underscores");
    }
  }

  public Topic profileRequests() {
    return topic(
        "profile-requests",
        "Requests to profile a table or pattern, written by anyone.",
        "free",
        ProfileRequest.getClassSchema(),
        Cleanup.DELETE,
        retention(Duration.ofDays(7)));
  }

  public Topic profileRequestsJson() {
    return topic(
        "profile-requests-json",
        "The same requests as JSON text.",
        "free",
        null,
        Cleanup.DELETE,
        retention(Duration.ofDays(7)));
  }

  public Topic runEvents() {
    return topic(
        "run-events",
        "Life of every run.",
        "dataset id",
        RunEvent.getClassSchema(),
        Cleanup.DELETE,
        UNLIMITED);
  }

  public Topic tableProfiles() {
    return topic(
        "table-profiles",
        "Profiles, one per completed run, wide ones in parts.",
        "dataset id",
        TableProfile.getClassSchema(),
        Cleanup.DELETE,
        UNLIMITED);
  }

  public Topic runVerdicts() {
    return topic(
        "run-verdicts",
        "Judgements, exactly one per completed run.",
        "dataset id",
        RunVerdict.getClassSchema(),
        Cleanup.DELETE,
        UNLIMITED);
  }

  public Topic driftEvents() {
    return topic(
        "drift-events",
        "What people are told of findings: incidents that open, change and end.",
        "dataset id",
        DriftEvent.getClassSchema(),
        Cleanup.DELETE,
        UNLIMITED);
  }

  public Topic incidents() {
    return topic(
        "incidents",
        "Incidents as they stand, until long after they are resolved.",
        "incident id",
        Incident.getClassSchema(),
        Cleanup.COMPACT,
        UNLIMITED);
  }

  public Topic driftCommands() {
    return topic(
        "drift-commands",
        "Instructions to the drift service, such as to pin a baseline or to mute an incident.",
        "dataset id",
        DriftCommand.getClassSchema(),
        Cleanup.DELETE,
        UNLIMITED);
  }

  /** One partition: the offset of a record in it is the version of the policies. */
  public Topic driftPolicies() {
    return topic(
            "drift-policies",
            "What counts as drift, one record a policy.",
            "policy id",
            DriftPolicy.getClassSchema(),
            Cleanup.COMPACT,
            UNLIMITED)
        .inOnePartition();
  }

  public Topic policiesInForce() {
    return internal(
            "drift-policies-in-force",
            "The last valid record of each policy, with its version.",
            "policy id",
            DriftPolicy.getClassSchema(),
            Cleanup.COMPACT,
            UNLIMITED)
        .inOnePartition();
  }

  public Topic expectations() {
    return topic(
        "expectations",
        "When the next run of each scheduled dataset is due.",
        "dataset id",
        Expectation.getClassSchema(),
        Cleanup.COMPACT,
        UNLIMITED);
  }

  public Topic runCommands() {
    return topic(
        "run-commands",
        "Instructions about runs, such as to cancel one.",
        "run id",
        RunCommand.getClassSchema(),
        Cleanup.DELETE,
        retention(Duration.ofDays(7)));
  }

  public Topic deadLetters() {
    return topic(
        "dead-letters",
        "Records that could not be processed: where and why, never what.",
        "key of the refused record",
        DeadLetter.getClassSchema(),
        Cleanup.DELETE,
        retention(Duration.ofDays(30)));
  }

  public Topic runWork() {
    return internal(
        "run-work",
        "Accepted runs waiting for a worker.",
        "dataset id",
        RunWork.getClassSchema(),
        Cleanup.DELETE,
        retention(Duration.ofDays(7)));
  }

  public Topic runLedger() {
    return internal(
        "run-ledger",
        "Requests answered, runs ended and cancellations asked for within the last 7 days.",
        "request/REQUEST, run/RUN/DATASET, attempt/RUN/DATASET or cancel/RUN/DATASET",
        LedgerEntry.getClassSchema(),
        Cleanup.COMPACT_DELETE,
        retention(Duration.ofDays(7)));
  }

  public Topic tableStates() {
    return internal(
        "table-states",
        "What was known of each dataset when it was last read, so that unchanged ones are skipped.",
        "dataset id",
        TableState.getClassSchema(),
        Cleanup.COMPACT,
        UNLIMITED);
  }

  public Topic schedules() {
    return topic(
        "schedules",
        "Pipelines of the profiler's configuration, with when each fired last and fires next.",
        "pipeline",
        Schedule.getClassSchema(),
        Cleanup.COMPACT,
        UNLIMITED);
  }

  public Topic scheduleCommands() {
    return topic(
        "schedule-commands",
        "The last instruction to each pipeline: to pause or to resume.",
        "pipeline",
        ScheduleCommand.getClassSchema(),
        Cleanup.COMPACT,
        UNLIMITED);
  }

  public Topic captureState() {
    return internal(
        "capture-state",
        "How far change capture has read each source, and what it counted of each table.",
        "source/SOURCE or table/DATASET",
        CaptureState.getClassSchema(),
        Cleanup.COMPACT,
        UNLIMITED);
  }

  /** Every topic that a service of this version reads or writes. */
  public List<Topic> all() {
    return List.of(
        profileRequests(),
        profileRequestsJson(),
        runEvents(),
        tableProfiles(),
        runVerdicts(),
        driftEvents(),
        incidents(),
        driftCommands(),
        driftPolicies(),
        policiesInForce(),
        expectations(),
        runCommands(),
        deadLetters(),
        runWork(),
        runLedger(),
        tableStates(),
        schedules(),
        scheduleCommands(),
        captureState());
  }

  private Topic topic(
      String name,
      String purpose,
      String key,
      @Nullable Schema value,
      Cleanup cleanup,
      Map<String, String> retention) {
    return new Topic(
        prefix + name, purpose, key, value, cleanup, PARTITIONS, limits(retention), false);
  }

  private Topic internal(
      String name,
      String purpose,
      String key,
      Schema value,
      Cleanup cleanup,
      Map<String, String> retention) {
    return new Topic(
        prefix + name, purpose, key, value, cleanup, PARTITIONS, limits(retention), true);
  }

  private static Map<String, String> limits(Map<String, String> retention) {
    return Map.of(
        "retention.ms",
        retention.getOrDefault("retention.ms", "-1"),
        "max.message.bytes",
        Integer.toString(MAX_MESSAGE_BYTES));
  }

  private static Map<String, String> retention(Duration time) {
    return Map.of("retention.ms", Long.toString(time.toMillis()));
  }
}
