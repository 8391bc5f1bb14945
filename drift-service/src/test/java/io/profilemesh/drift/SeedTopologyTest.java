package io.profilemesh.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.Profiles;
import io.profilemesh.drift.store.ColumnKey;
import io.profilemesh.drift.store.Stores;
import io.profilemesh.judgement.mapping.ProfileMapping;
import io.profilemesh.judgement.mapping.SeedMapping;
import io.profilemesh.judgement.memory.ColumnHistory;
import io.profilemesh.judgement.memory.DatasetState;
import io.profilemesh.schema.BaselineStrategy;
import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.DriftCommand;
import io.profilemesh.schema.DriftCommandKind;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.TableProfile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories that come from stored runs. */
class SeedTopologyTest {

  private static final String DATASET = "shop/public/orders";
  private static final Profiles ORDERS = Profiles.orders();
  private static final Profiles LOSSY = ORDERS.withNullPercent("email", 20);

  @TempDir Path stateDir;

  private TopologyHarness mesh;

  @BeforeEach
  void start() {
    mesh = TopologyHarness.in(stateDir);
  }

  @AfterEach
  void stop() {
    mesh.close();
  }

  @Test
  void shouldJudgeTheFirstRunByTheHistoryThatWasSeeded() {
    // given
    seed(IntStream.range(0, 20));
    assertThat(mesh.verdicts()).isEmpty();

    // when
    mesh.send(run(20, LOSSY));

    // then
    assertThat(mesh.verdicts())
        .singleElement()
        .satisfies(
            verdict -> {
              assertThat(verdict.getStrategy()).isEqualTo(BaselineStrategy.AUTO);
              assertThat(verdict.getBaselineRunIds()).hasSize(20).startsWith(id(19), id(18));
            });
    assertThat(mesh.events()).hasSize(1);
    assertThat(mesh.deadLetters()).isEmpty();
  }

  @Test
  void shouldJudgeAsIfItHadSeenTheRunsItself(@TempDir Path other) {
    // given
    seed(IntStream.range(0, 30));
    RunVerdict seeded;
    RunVerdict seen;

    // when
    mesh.send(run(30, LOSSY));
    seeded = mesh.verdicts().get(0);
    try (TopologyHarness witness = TopologyHarness.in(other)) {
      IntStream.range(0, 30).forEach(day -> witness.send(run(day, varied(day))));
      witness.verdicts();
      witness.send(run(30, LOSSY));
      seen = witness.verdicts().get(0);
    }

    // then
    assertThat(seeded).isEqualTo(seen);
  }

  @Test
  void shouldChangeNothingWhenSeededTwice() {
    // given
    seed(IntStream.range(0, 70));
    DatasetState once = state();
    assertThat(once.history()).hasSize(60);

    // when
    seed(IntStream.range(0, 70));

    // then
    assertThat(state()).isEqualTo(once);
  }

  @Test
  void shouldLeaveRunsAsTheyWereJudged() {
    // given
    IntStream.range(0, 10).forEach(day -> mesh.send(run(day, varied(day))));
    DatasetState judged = state();

    // when
    seed(IntStream.range(0, 10));

    // then
    assertThat(state()).isEqualTo(judged);
  }

  @Test
  void shouldGiveSeedsTheirPlaceInTimeInWhateverOrderTheyCome() {
    // given
    mesh.send(run(30, ORDERS));
    List<Integer> days = new ArrayList<>(IntStream.range(0, 12).boxed().toList());
    Collections.shuffle(days, new Random(5));

    // when
    seed(days.stream().mapToInt(day -> day));
    mesh.send(run(31, ORDERS));

    // then
    List<RunVerdict> verdicts = mesh.verdicts();
    assertThat(verdicts).hasSize(2);
    assertThat(verdicts.get(1).getBaselineRunIds())
        .hasSize(13)
        .startsWith(id(30), id(11), id(10))
        .endsWith(id(0));
  }

  @Test
  void shouldStillJudgeARunWhoseProfileComesAfterItsSeed() {
    // given
    seed(IntStream.range(0, 12));

    // when
    mesh.send(run(11, varied(11)));
    mesh.send(run(11, varied(11)));

    // then
    assertThat(mesh.verdicts())
        .singleElement()
        .satisfies(
            verdict -> {
              assertThat(verdict.getRunId()).isEqualTo(id(11));
              assertThat(verdict.getBaselineRunIds()).hasSize(11).doesNotContain(id(11));
            });
    assertThat(state().history()).hasSize(12);
    assertThat(mesh.deadLetters()).isEmpty();
  }

  @Test
  void shouldRememberAgainWhatWasForgotten() {
    // given
    IntStream.range(0, 10).forEach(day -> mesh.send(run(day, varied(day))));
    mesh.verdicts();
    mesh.send(command(DriftCommandKind.FORGET, 10).build());

    // when
    seed(IntStream.range(0, 10));
    mesh.send(run(10, varied(10)));

    // then
    assertThat(mesh.verdicts().get(0).getBaselineRunIds()).hasSize(10);
  }

  @Test
  void shouldPinARunThatIsForgottenWhenItComesWithItsProfile() {
    // given
    IntStream.range(0, 70).forEach(day -> mesh.send(run(day, varied(day))));
    mesh.verdicts();

    // when
    mesh.send(command(DriftCommandKind.PIN, 70).setRunId(id(0)).setProfile(record(0)).build());
    IntStream.range(70, 75).forEach(day -> mesh.send(run(day, varied(day))));

    // then
    assertThat(mesh.verdicts())
        .hasSize(5)
        .allSatisfy(
            verdict -> {
              assertThat(verdict.getStrategy()).isEqualTo(BaselineStrategy.PINNED);
              assertThat(verdict.getBaselineRunIds()).containsExactly(id(0));
            });
    assertThat(state().history()).hasSize(60);
  }

  @Test
  void shouldCarryAColumnOnUnderItsNewNameWhenSeedsRenamedIt() {
    // given
    seed(IntStream.range(0, 10));

    // when
    mesh.send(
        command(DriftCommandKind.SEED, 10)
            .setRunId(id(10))
            .setProfile(record(run(10, ORDERS.withRenamed("email", "mail"))))
            .build());

    // then
    KeyValueStore<ColumnKey, ColumnHistory> columns =
        mesh.driver().getKeyValueStore(Stores.COLUMNS);
    assertThat(columns.get(new ColumnKey(DATASET, "mail")).points()).hasSize(11);
    assertThat(columns.get(new ColumnKey(DATASET, "email"))).isNull();
    assertThat(mesh.events()).isEmpty();
  }

  @Test
  void shouldRefuseASeedThatIsOfAnotherDatasetOrInParts() {
    // given
    TableProfile foreign = record(1);
    foreign.setDatasetId("shop/public/customers");
    foreign.setTableName("customers");
    TableProfile part = record(2);
    part.setPartCount(2);

    // when
    mesh.send(
        command(DriftCommandKind.SEED, 3).setRunId(id(1)).setProfile(foreign).build(),
        command(DriftCommandKind.SEED, 3).setRunId(id(2)).setProfile(part).build(),
        command(DriftCommandKind.SEED, 3).setRunId(id(2)).build());

    // then
    assertThat(mesh.deadLetters())
        .extracting(DeadLetter::getCode)
        .containsExactly("INVALID_RECORD", "INVALID_RECORD", "INVALID_RECORD");
    assertThat(mesh.driver().<String, DatasetState>getKeyValueStore(Stores.DATASETS).get(DATASET))
        .isNull();
  }

  private void seed(IntStream days) {
    days.forEach(
        day ->
            mesh.send(
                command(DriftCommandKind.SEED, day)
                    .setRunId(id(day))
                    .setProfile(record(day))
                    .build()));
  }

  private DatasetState state() {
    return mesh.driver().<String, DatasetState>getKeyValueStore(Stores.DATASETS).get(DATASET);
  }

  /** The record that the query service makes of a stored run. */
  private static TableProfile record(int day) {
    return record(run(day, varied(day)));
  }

  private static TableProfile record(TableProfile run) {
    return SeedMapping.write(
        TableProfile.newBuilder()
            .setEnvironment(run.getEnvironment())
            .setRunId(run.getRunId())
            .setRequestId(run.getRequestId())
            .setDatasetId(run.getDatasetId())
            .setSource(run.getSource())
            .setSchemaName(run.getSchemaName())
            .setTableName(run.getTableName())
            .setScanStartedAt(run.getScanStartedAt())
            .setScanEndedAt(run.getScanEndedAt()),
        ProfileMapping.read(List.of(run)));
  }

  /** Runs differ a little, as tables do. */
  private static Profiles varied(int day) {
    return ORDERS.withNullPercent("email", 1 + 0.1 * (day * 7 % 5));
  }

  private static DriftCommand.Builder command(DriftCommandKind kind, int day) {
    return DriftCommand.newBuilder()
        .setCommandId(UUID.randomUUID().toString())
        .setKind(kind)
        .setDatasetId(DATASET)
        .setActor("ada")
        .setIssuedAt(WireProfiles.day(day));
  }

  private static TableProfile run(int day, Profiles profiles) {
    return WireProfiles.whole(profiles.withRun("run-" + day).withScannedAt(WireProfiles.day(day)));
  }

  private static String id(int day) {
    return ORDERS.withRun("run-" + day).build().runId().toString();
  }
}
