package io.profilemesh.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.Profiles;
import io.profilemesh.drift.BadRecords.BadRecord;
import io.profilemesh.schema.ColumnProfile;
import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.Sketch;
import io.profilemesh.schema.SketchKind;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.VerdictOutcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadRecordsTopologyTest {

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
  void shouldWriteOneDeadLetterEachWhenRecordsAreBad() {
    // given
    List<BadRecord> bad = BadRecords.all(mesh);
    assertThat(bad).hasSizeGreaterThan(30);
    SoftAssertions softly = new SoftAssertions();

    for (int i = 0; i < bad.size(); i++) {
      BadRecord record = bad.get(i);

      // when
      mesh.sendBytes(record.key(), record.value());
      List<DeadLetter> letters = mesh.deadLetters();

      // then
      softly
          .assertThat(letters)
          .as(record.name())
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.getCode()).isEqualTo(record.code().name());
                assertThat(letter.getTopic()).isEqualTo("test.table-profiles");
                assertThat(letter.getService()).isEqualTo("drift-service");
                assertThat(letter.getMessage()).endsWith(".");
                assertThat(letter.getSizeBytes())
                    .isEqualTo(record.value() == null ? 0 : record.value().length);
              });
    }
    softly.assertThat(mesh.verdicts()).isEmpty();
    softly.assertAll();
  }

  @Test
  void shouldServeNeighboursWhenRecordsAreBad() {
    // given
    List<BadRecord> bad = BadRecords.all(mesh);

    // when
    for (int i = 0; i < bad.size(); i++) {
      mesh.sendBytes(bad.get(i).key(), bad.get(i).value());
      mesh.send(
          WireProfiles.whole(
              Profiles.orders().withRun("good-" + i).withScannedAt(WireProfiles.day(i))));
    }

    // then
    assertThat(mesh.verdicts())
        .hasSize(bad.size())
        .extracting(RunVerdict::getOutcome)
        .doesNotContain(VerdictOutcome.DRIFT);
    assertThat(mesh.deadLetters()).hasSize(bad.size());
  }

  @Test
  void shouldKeepTheKeyWhenARecordIsRefused() {
    // when
    mesh.sendBytes("some key", "no avro".getBytes(StandardCharsets.UTF_8));

    // then
    assertThat(mesh.raw(TopologyHarness.TOPICS.deadLetters()))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("some key");
              assertThat(record.headers().lastHeader("ce_type").value())
                  .asString(StandardCharsets.UTF_8)
                  .isEqualTo("io.profilemesh.DeadLetter");
              assertThat(new String(record.value(), StandardCharsets.ISO_8859_1))
                  .doesNotContain("no avro");
            });
  }

  @Test
  void shouldJudgeAllTheSameWhenARecordIsOnlyUnusual() {
    // given: ten thousand headers, and 1.1 MB of foreign sketches
    TableProfile large = WireProfiles.whole(Profiles.orders().withRun("large"));
    ColumnProfile column = large.getColumnProfiles().get(0);
    column.setSketches(new ArrayList<>());
    for (int i = 0; i < 2; i++) {
      column
          .getSketches()
          .add(
              new Sketch(
                  SketchKind.QUANTILES, "foreign/1", null, 0.01, ByteBuffer.allocate(550_000)));
    }
    RecordHeaders headers = new RecordHeaders();
    for (int i = 0; i < 10_000; i++) {
      headers.add("header-" + i, new byte[] {1});
    }

    // when
    mesh.sendBytes(
        large.getDatasetId(),
        mesh.bytes(TopologyHarness.TOPICS.tableProfiles(), large),
        WireProfiles.day(0),
        headers);

    // then
    assertThat(mesh.verdicts()).hasSize(1);
    assertThat(mesh.deadLetters()).isEmpty();
  }
}
