package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.command.Terminal.Result;
import io.profilemesh.cli.letter.Letter;
import io.profilemesh.cli.letter.Replay.Outcome;
import io.profilemesh.schema.DeadLetters;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RecordCoordinates;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterCommandsTest {

  private static final Instant TIME = Instant.parse("2026-11-20T10:00:00Z");

  private final Terminal terminal = new Terminal();

  @BeforeEach
  void write() {
    terminal.mesh.letters =
        List.of(
            letter("run-events", 3, 41, ReasonCode.UNKNOWN_SCHEMA_ID, TIME),
            letter("table-profiles", 0, 7, ReasonCode.KEY_MISMATCH, TIME.minusSeconds(3600)));
  }

  @Test
  void shouldListWhereAndWhy() {
    Result result = terminal.type("dead-letters list");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out().lines().toList().get(1))
        .contains("2026-11-20 10:00:00")
        .contains("profilemesh.run-events")
        .contains("41")
        .contains("UNKNOWN_SCHEMA_ID")
        .contains("Said why.");
    assertThat(terminal.type("dead-letters list --format csv").out()).contains("shop/public/o");
  }

  @Test
  void shouldFilterAndPage() {
    assertThat(terminal.type("dead-letters list --topic run-events --format csv").out().lines())
        .hasSize(2);
    assertThat(terminal.type("dead-letters list --code key_mismatch --format csv").out())
        .contains("table-profiles")
        .doesNotContain("run-events");
    assertThat(terminal.type("dead-letters list --to 2026-11-20T09:30:00Z --format csv").out())
        .contains("table-profiles")
        .doesNotContain("run-events");
    terminal.mesh.letters =
        LongStream.range(0, 130)
            .mapToObj(i -> letter("run-events", 0, i, ReasonCode.EMPTY_RECORD, TIME))
            .toList();
    Result first = terminal.type("dead-letters list --limit 10 --offset 5");
    assertThat(first.out().lines()).hasSize(11);
    assertThat(first.err()).contains("10 of 130").contains("--all");
    assertThat(terminal.type("dead-letters list --all --format csv").out().lines()).hasSize(131);
  }

  @Test
  void shouldShowOneWithoutItsContent() {
    String id = terminal.mesh.letters.get(0).letter().getDeadLetterId();

    Result result = terminal.type("dead-letters show " + id.substring(0, 8) + " --format json");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(Fakes.json(result.out()).at("/record/there").asBoolean()).isTrue();
    assertThat(Fakes.json(result.out()).at("/record/headers/0").asText()).isEqualTo("ce_id");
    assertThat(terminal.type("dead-letters show ffffffff").code()).isEqualTo(1);
    assertThat(terminal.type("dead-letters show ab").code()).isEqualTo(2);
  }

  @Test
  void shouldReplayWhatIsNamed() {
    String id = terminal.mesh.letters.get(1).letter().getDeadLetterId();

    Result one = terminal.type("dead-letters replay " + id);
    Result filtered = terminal.type("dead-letters replay --topic run-events --dry-run");

    assertThat(one.code()).as(one.err()).isZero();
    assertThat(one.out()).contains(id).contains("replayed");
    assertThat(one.err()).contains("1 record replayed.");
    assertThat(filtered.code()).isZero();
    assertThat(terminal.mesh.told).containsExactly("replay 1", "would replay 1");
  }

  @Test
  void shouldFailWhenARecordIsGone() {
    terminal.mesh.replayOutcome = Outcome.GONE;

    Result result = terminal.type("dead-letters replay --service query-service");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).contains("gone");
    assertThat(result.err()).contains("2 records could not be replayed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dead-letters",
        "dead-letters replay",
        "dead-letters replay abc",
        "dead-letters list --limit 0",
        "dead-letters list --all --limit 3",
        "dead-letters list --days 0"
      })
  void shouldRefuseWhatMakesNoSense(String line) {
    assertThat(terminal.type(line).code()).isEqualTo(2);
    assertThat(terminal.mesh.told).isEmpty();
  }

  private static Letter letter(
      String topic, int partition, long offset, ReasonCode code, Instant at) {
    return new Letter(
        DeadLetters.of(
            "test",
            "query-service",
            new RecordCoordinates("profilemesh." + topic, partition, offset, TIME, 12),
            code,
            "Said why.",
            7),
        "shop/public/o",
        at);
  }
}
