package io.profilemesh.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.drift.Baseline;
import io.profilemesh.core.drift.DriftEvaluation;
import io.profilemesh.core.drift.DriftPolicies;
import io.profilemesh.core.drift.Evaluation;
import io.profilemesh.core.drift.Finding;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.judgement.mapping.ProfileMapping;
import io.profilemesh.judgement.mapping.StrategyMapping;
import io.profilemesh.judgement.mapping.VerdictMapping;
import io.profilemesh.judgement.memory.Replay;
import io.profilemesh.schema.ColumnType;
import io.profilemesh.schema.DriftCommand;
import io.profilemesh.schema.DriftCommandKind;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.FrequentValue;
import io.profilemesh.schema.FrequentValues;
import io.profilemesh.schema.IncidentState;
import io.profilemesh.schema.Quality;
import io.profilemesh.schema.Quantiles;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.TableProfile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is judged again from the same records comes out as the stream said it. */
class ReplayTopologyTest {

  private static final int RUNS = 75;

  @TempDir Path stateDir;

  @Test
  void shouldJudgeAsTheStreamDidWhenTheSameRecordsAreReplayed() {
    // given: more runs than are remembered, with faults, a rename and a run that comes late
    List<TableProfile> records = records();
    Map<String, RunVerdict> verdicts = new HashMap<>();
    Map<String, DriftEvent> told = new HashMap<>();
    try (TopologyHarness mesh = TopologyHarness.in(stateDir)) {
      for (TableProfile record : records) {
        mesh.send(record);
        if (record.getRunId().equals(RunId.derivedFrom("run-45").toString())) {
          mesh.send(acceptSchema(record));
        }
      }
      mesh.verdicts().forEach(verdict -> verdicts.put(verdict.getRunId(), verdict));
      mesh.events().stream()
          .filter(event -> event.getIncidentState() != IncidentState.RESOLVED)
          .forEach(event -> told.put(event.getEventId(), event));
    }
    assertThat(told).hasSizeGreaterThan(3);

    // when
    Replay replay = new Replay();
    int same = 0;
    for (TableProfile record : records) {
      var profile = ProfileMapping.read(List.of(record));
      RunVerdict verdict = verdicts.get(record.getRunId());
      Predicate<Finding> made =
          finding ->
              verdict
                  .getFindingIds()
                  .contains(VerdictMapping.eventId(record, finding, verdict.getPolicyVersion()));
      Evaluation evaluation = judge(replay, profile, made);
      VerdictMapping answer = new VerdictMapping(record, evaluation, List.of());

      // then
      assertThat(answer.verdict(verdict.getEventIds(), verdict.getOpenIncidents()))
          .isEqualTo(verdict);
      for (DriftEvent event : answer.events()) {
        DriftEvent known = told.get(event.getEventId());
        if (known != null) {
          event.setIncidentId(known.getIncidentId());
          event.setIncidentState(known.getIncidentState());
          assertThat(event).isEqualTo(known);
          same++;
        }
      }

      // and: from the runs that the verdict names
      if (!verdict.getBaselineRunIds().isEmpty()) {
        assertThat(
                replay.baseline(
                    evaluation.baseline().strategy(),
                    verdict.getBaselineRunIds().stream().map(RunId::parse).toList(),
                    List.of(),
                    profile.dataset()))
            .isEqualTo(evaluation.baseline());
      }
      replay.remember(profile, made);
    }
    assertThat(same).isEqualTo(told.size());
  }

  @Test
  void shouldTakeARunThatIsNoLongerRememberedAsItWas() {
    // given
    List<TableProfile> records = records();
    Replay replay = new Replay();
    records.forEach(
        record -> replay.remember(ProfileMapping.read(List.of(record)), finding -> true));
    var first = ProfileMapping.read(List.of(records.get(0)));
    assertThat(replay.points()).noneMatch(point -> point.run().equals(first.runId()));

    // when
    Baseline baseline =
        replay.baseline(
            io.profilemesh.core.drift.StrategyKind.PINNED,
            List.of(first.runId()),
            List.of(first),
            first.dataset());

    // then: the metrics that are kept are exact
    var kept = ((Baseline.SingleRun) baseline).profile();
    assertThat(kept.columns()).isEqualTo(first.columns());
    assertThat(kept.columnProfiles().get(4).metrics().get(Metric.MEAN))
        .isEqualTo(first.columnProfiles().get(4).metrics().get(Metric.MEAN));
  }

  private static Evaluation judge(
      Replay replay, io.profilemesh.core.profile.TableProfile profile, Predicate<Finding> made) {
    DriftPolicies policies = DriftPolicies.builtIn();
    return DriftEvaluation.evaluate(
        replay.baseline(
            StrategyMapping.read(
                null, null, policies.effective(profile.dataset(), null, Metric.ROW_COUNT, null)),
            Set.of(),
            profile),
        profile,
        policies,
        replay.standing(profile, made));
  }

  private static DriftCommand acceptSchema(TableProfile record) {
    return DriftCommand.newBuilder()
        .setCommandId("00000000-0000-4000-8000-000000000045")
        .setKind(DriftCommandKind.ACCEPT_SCHEMA)
        .setDatasetId(record.getDatasetId())
        .setActor("ada")
        .setIssuedAt(record.getScanEndedAt().plusSeconds(60))
        .build();
  }

  private static List<TableProfile> records() {
    Random random = new Random(20);
    List<TableProfile> records = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      Profiles profiles =
          Profiles.orders()
              .withRun("run-" + run)
              .withScannedAt(WireProfiles.day(run))
              .withRowCount(9_900 + random.nextInt(200))
              .withNullPercent("email", run == 20 ? 35 : 2 + random.nextDouble() / 5)
              .withMean("amount", run == 66 ? 5_000 : 50 + random.nextGaussian() / 3)
              .withCategories("status", shares(random, run == 50));
      if (run >= 30) {
        profiles = profiles.withRenamed("discount", "rebate");
      }
      if (run == 40) {
        profiles = profiles.withRowCount(20_000);
      }
      records.add(withDistributions(WireProfiles.whole(profiles), random));
    }
    records.add(60, records.remove(57));
    return records;
  }

  private static Map<String, Double> shares(Random random, boolean swapped) {
    double paid = 0.68 + random.nextDouble() / 25;
    return swapped
        ? Map.of("paid", 0.1, "open", 0.2, "returned", 0.7)
        : Map.of("paid", paid, "open", 0.9 - paid, "returned", 0.1);
  }

  private static TableProfile withDistributions(TableProfile record, Random random) {
    for (io.profilemesh.schema.ColumnProfile column : record.getColumnProfiles()) {
      ColumnType type = column.getColumn().getColumnType();
      if (type == ColumnType.DECIMAL || type == ColumnType.FLOAT) {
        column.setQuantiles(quantiles(random));
      } else if (type == ColumnType.TEXT) {
        column.setFrequentValues(frequent(random));
      }
    }
    return record;
  }

  private static Quantiles quantiles(Random random) {
    double centre = 50 + random.nextGaussian();
    return new Quantiles(
        List.copyOf(io.profilemesh.core.profile.Quantiles.RANKS),
        Stream.of(-2.3, -1.6, -1.3, -0.67, 0.0, 0.67, 1.3, 1.6, 2.3)
            .map(z -> centre + 15 * z)
            .toList(),
        0.0133);
  }

  private static FrequentValues frequent(Random random) {
    long most = 6_900 + random.nextInt(100);
    return new FrequentValues(
        List.of(
            FrequentValue.newBuilder().setHash("00aa").setCount(most).build(),
            FrequentValue.newBuilder().setHash("11bb").setCount(9_000 - most).build(),
            FrequentValue.newBuilder().setHash("22cc").setCount(1_000).build()),
        10_000L,
        Quality.EXACT);
  }
}
