package io.profilemesh.query.description;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.query.TopicFeed;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.Incident;
import io.profilemesh.schema.IncidentState;
import io.profilemesh.schema.MissedFirings;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.Schedule;
import io.profilemesh.schema.Severity;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.sink.Samples;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Everything that the topics tell of one dataset, each text of which is the same word. */
record DescribedRows(String word, int number) {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  DatasetId dataset() {
    return DatasetId.of(word, word, word);
  }

  String runId() {
    return new UUID(0x4000L, 0x8000_0000_0000_0000L | (100 + number)).toString();
  }

  String secondRunId() {
    return new UUID(0x4000L, 0x8000_0000_0000_0000L | (10_100 + number)).toString();
  }

  String incidentId() {
    return "%032x".formatted(0x100 + number);
  }

  String policyId() {
    return "policy-" + number;
  }

  String eventId() {
    return event(samples()).getEventId();
  }

  void send(TopicFeed feed) {
    run(feed, new Samples(dataset(), secondRunId(), START.minusSeconds(60)));
    run(feed, samples());
    feed.send(event(samples()));
    feed.send(incident());
    feed.send(
        DriftPolicy.newBuilder()
            .setPolicyId(policyId())
            .setDescription(word)
            .setDatasetPattern(dataset().toString())
            .build());
    feed.send(
        Schedule.newBuilder()
            .setEnvironment("test")
            .setPipeline(word)
            .setSource(word)
            .setInclude(List.of(word))
            .setCron("0 2 * * *")
            .setZone("Europe/Berlin")
            .setMissed(MissedFirings.ONCE)
            .setConsideredUntil(START)
            .setUpdatedAt(START)
            .build());
  }

  private void run(TopicFeed feed, Samples run) {
    for (RunEventType type :
        List.of(RunEventType.ACCEPTED, RunEventType.STARTED, RunEventType.COMPLETED)) {
      RunEvent event = run.event(type, 1, type.ordinal());
      event.setRequester(word);
      event.setReason(word);
      event.setOwner(word);
      event.setTags(List.of(word));
      event.setPipeline(word);
      feed.send(event);
    }
    TableProfile profile = run.profile();
    profile.setRequester(word);
    profile.setReason(word);
    profile.setOwner(word);
    profile.setTags(List.of(word));
    profile.getColumns().get(0).setName(word);
    profile.getColumnProfiles().get(0).getColumn().setName(word);
    feed.send(profile);
    RunVerdict verdict = run.verdict();
    verdict.setRequester(word);
    verdict.getJudgements().get(0).setColumn(word);
    feed.send(verdict);
  }

  private Samples samples() {
    return new Samples(dataset(), runId(), START.plusSeconds(number));
  }

  private DriftEvent event(Samples run) {
    DriftEvent event = run.drift(Severity.HIGH, "null_percent");
    event.setColumn(word);
    event.setMessage(word);
    event.setRequester(word);
    event.setOwner(word);
    event.setTags(List.of(word));
    event.setIncidentId(incidentId());
    event.setIncidentState(IncidentState.OPENED);
    return event;
  }

  private Incident incident() {
    return Incident.newBuilder()
        .setIncidentId(incidentId())
        .setEnvironment("test")
        .setDatasetId(dataset().toString())
        .setColumn(word)
        .setMetricGroup("completeness")
        .setState(IncidentState.OPENED)
        .setSeverity(Severity.HIGH)
        .setHighestSeverity(Severity.HIGH)
        .setOpenedAt(START.plusSeconds(number))
        .setUpdatedAt(START.plusSeconds(number))
        .setFirstEventId(eventId())
        .setLastEventId(eventId())
        .setFirstRunId(runId())
        .setLastRunId(runId())
        .setRuns(1)
        .setMessage(word)
        .setOwner(word)
        .setTags(List.of(word))
        .setAssignee(word)
        .setRevision(1)
        .build();
  }
}
