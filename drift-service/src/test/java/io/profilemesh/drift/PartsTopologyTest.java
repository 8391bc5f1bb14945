package io.profilemesh.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.drift.processor.DriftObserver;
import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.VerdictOutcome;
import io.profilemesh.schema.serde.RegistryUnavailableException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTopologyTest {

  private static final Profiles ORDERS = Profiles.orders();

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
  void shouldJudgeOnceWhenAllPartsAreThere() {
    // given
    List<TableProfile> first = WireProfiles.split(ORDERS.withRun("run-1"), 3);
    List<TableProfile> second =
        WireProfiles.split(
            ORDERS.withRun("run-2").withScannedAt(WireProfiles.day(1)).withNullPercent("email", 60),
            3);

    // when: in whatever order
    mesh.send(first.get(2), first.get(0), first.get(1));
    mesh.send(second.get(1), second.get(2));
    boolean early = mesh.verdicts().size() == 1;
    mesh.send(second.get(0));

    // then
    assertThat(early).isTrue();
    assertThat(mesh.verdicts())
        .extracting(RunVerdict::getOutcome)
        .containsExactly(VerdictOutcome.DRIFT);
    assertThat(mesh.events()).extracting(DriftEvent::getColumn).containsExactly("email");
    assertThat(waiting()).isZero();
  }

  @Test
  void shouldJudgeWholeAndSplitAlikeWhenTheContentIsTheSame() {
    // when
    mesh.send(WireProfiles.whole(ORDERS.withRun("run-1")));
    WireProfiles.split(ORDERS.withRun("run-2").withScannedAt(WireProfiles.day(1)), 8)
        .forEach(mesh::send);

    // then
    assertThat(mesh.verdicts())
        .extracting(RunVerdict::getOutcome)
        .containsExactly(VerdictOutcome.NOT_EVALUATED, VerdictOutcome.NO_DRIFT);
  }

  @Test
  void shouldIgnoreTheRunWhenItComesAgain() {
    // given
    TableProfile profile = WireProfiles.whole(ORDERS);

    // when
    mesh.send(profile, profile, profile);

    // then
    assertThat(mesh.verdicts()).hasSize(1);
    assertThat(mesh.deadLetters()).isEmpty();
  }

  @Test
  void shouldIgnorePartsWhenTheirRunWasJudged() {
    // given
    List<TableProfile> parts = WireProfiles.split(ORDERS, 2);

    // when
    mesh.send(parts.get(0), parts.get(0), parts.get(1), parts.get(0), parts.get(1));

    // then
    assertThat(mesh.verdicts()).hasSize(1);
    assertThat(mesh.deadLetters()).isEmpty();
    assertThat(waiting()).isZero();
  }

  @Test
  void shouldTakeTheFirstCompleteAttemptWhenThereAreTwo() {
    // given: the first attempt never completes
    List<TableProfile> first = WireProfiles.split(ORDERS, 2);
    List<TableProfile> second = WireProfiles.split(ORDERS.withRowCount(900), 2);
    second.forEach(part -> part.setAttempt(2));

    // when
    mesh.send(first.get(0), second.get(0), second.get(1), first.get(1));

    // then
    assertThat(mesh.verdicts()).hasSize(1);
    assertThat(mesh.deadLetters()).isEmpty();
    assertThat(waiting()).isZero();
  }

  @Test
  void shouldRefuseTheSecondWhenOneAttemptHasTwoContents() {
    // given
    TableProfile other = WireProfiles.whole(ORDERS.withRowCount(900));

    // when
    mesh.send(WireProfiles.whole(ORDERS), other);

    // then
    assertThat(mesh.verdicts()).hasSize(1);
    assertThat(mesh.deadLetters())
        .extracting(DeadLetter::getCode)
        .containsExactly("INCONSISTENT_PARTS");
  }

  @Test
  void shouldRefuseThePartWhenItContradictsItsSiblings() {
    // given
    List<TableProfile> parts = WireProfiles.split(ORDERS, 2);
    TableProfile foreign = WireProfiles.split(ORDERS.withRowCount(900), 2).get(1);
    TableProfile again = WireProfiles.split(ORDERS.withNullPercent("email", 9), 2).get(0);

    // when
    mesh.send(parts.get(0), foreign, again, parts.get(1));

    // then
    assertThat(mesh.deadLetters())
        .extracting(DeadLetter::getCode)
        .containsExactly("INCONSISTENT_PARTS", "INCONSISTENT_PARTS");
    assertThat(mesh.verdicts()).hasSize(1);
  }

  @Test
  void shouldDropTheOldestWhenTooManySetsWait() {
    // when
    for (int run = 0; run < 6; run++) {
      mesh.send(WireProfiles.split(ORDERS.withRun("run-" + run), 2).get(0));
    }

    // then
    List<DeadLetter> letters = mesh.deadLetters();
    assertThat(letters).extracting(DeadLetter::getOffset).containsExactly(0L, 1L);
    assertThat(letters.get(0).getMessage()).isEqualTo("Of 2 parts 1 never came.");
    assertThat(waiting()).isEqualTo(4);
  }

  @Test
  void shouldDropASetWhenItsPartsDoNotComeInADay() {
    // given
    mesh.send(WireProfiles.split(ORDERS.withRun("torn"), 2).get(0));
    Profiles other = ORDERS.withDataset(DatasetId.of("shop", "public", "returns"));

    // when: time goes on in the topic
    mesh.send(WireProfiles.whole(other.withRun("next").withScannedAt(WireProfiles.day(2))));

    // then
    assertThat(mesh.deadLetters())
        .extracting(DeadLetter::getCode, DeadLetter::getTopic, DeadLetter::getOffset)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("INCONSISTENT_PARTS", "test.table-profiles", 0L));
    assertThat(waiting()).isZero();
    assertThat(mesh.verdicts()).hasSize(1);
  }

  @Test
  void shouldJudgeRepeatsAgainWhenDeduplicationIsOff(@TempDir Path other) {
    // given
    TableProfile profile = WireProfiles.whole(ORDERS);

    // when
    try (TopologyHarness careless = TopologyHarness.withoutDeduplication(other)) {
      careless.send(profile, profile);

      // then
      assertThat(careless.verdicts()).hasSize(2);
    }
  }

  @Test
  void shouldWaitAndLoseNothingWhenTheRegistryIsAway(@TempDir Path other) {
    // given
    AtomicInteger outages = new AtomicInteger(3);
    AtomicInteger lost = new AtomicInteger();
    AtomicInteger found = new AtomicInteger();
    DriftObserver observer =
        new DriftObserver() {
          @Override
          public void registryLost() {
            lost.incrementAndGet();
          }

          @Override
          public void registryFound() {
            found.incrementAndGet();
          }
        };

    // when
    try (TopologyHarness patient =
        TopologyHarness.withDecoder(
            other,
            observer,
            decoder ->
                value -> {
                  if (outages.getAndDecrement() > 0) {
                    throw new RegistryUnavailableException("away");
                  }
                  return decoder.apply(value);
                })) {
      patient.send(WireProfiles.whole(ORDERS));

      // then
      assertThat(patient.verdicts()).hasSize(1);
      assertThat(patient.deadLetters()).isEmpty();
      assertThat(lost).hasValue(3);
      assertThat(found).hasValue(1);
    }
  }

  @Test
  void shouldAnswerAtOnceWhenManyPartsWait() {
    // given: 2,000 columns in 40 parts
    Profiles wide = Profiles.table(DatasetId.of("shop", "public", "wide")).withRowCount(1_000);
    for (int column = 0; column < 2_000; column++) {
      wide =
          wide.withColumn(
              io.profilemesh.core.profile.Columns.numbers(
                  "c" + column, io.profilemesh.core.profile.ColumnType.FLOAT, 50, 15));
    }
    List<TableProfile> first = WireProfiles.split(wide.withRun("run-1"), 40);
    List<TableProfile> second =
        WireProfiles.split(
            wide.withRun("run-2").withScannedAt(WireProfiles.day(1)).withMean("c7", 5_000), 40);

    // when
    first.forEach(mesh::send);
    second.forEach(mesh::send);

    // then
    assertThat(mesh.verdicts()).hasSize(2);
    assertThat(mesh.events()).extracting(DriftEvent::getColumn).containsExactly("c7");
  }

  /** Parts in the store. */
  private long waiting() {
    long count = 0;
    try (var all = mesh.driver().getKeyValueStore("waiting-parts").all()) {
      while (all.hasNext()) {
        all.next();
        count++;
      }
    }
    return count;
  }
}
