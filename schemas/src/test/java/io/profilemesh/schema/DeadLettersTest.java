package io.profilemesh.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

  private final ConsumerRecord<byte[], byte[]> record =
      new ConsumerRecord<>(
          "profilemesh.run-events",
          3,
          1042L,
          1_763_604_004_000L,
          TimestampType.CREATE_TIME,
          4,
          6,
          new byte[4],
          "s3cret".getBytes(UTF_8),
          new RecordHeaders(),
          Optional.empty());

  @Test
  void shouldSayWhereAndWhyAndObeyTheRules() {
    DeadLetter letter = letter("The schema registry knows no schema of this id.");

    assertThat(RecordRules.check(letter)).isEmpty();
    assertThat(letter.getTopic()).isEqualTo("profilemesh.run-events");
    assertThat(letter.getPartition()).isEqualTo(3);
    assertThat(letter.getOffset()).isEqualTo(1042);
    assertThat(letter.getSizeBytes()).isEqualTo(6);
    assertThat(letter.getRecordTimestamp()).isEqualTo(Instant.ofEpochMilli(1_763_604_004_000L));
    assertThat(letter.getCode()).isEqualTo("UNKNOWN_SCHEMA_ID");
    assertThat(letter.toString()).doesNotContain("s3cret");
  }

  @Test
  void shouldBeTheSameAtEveryTryAndAnotherForEveryService() {
    assertThat(letter("a").getDeadLetterId()).isEqualTo(letter("b").getDeadLetterId());
    assertThat(DeadLetters.id("drift-service", "profilemesh.run-events", 3, 1042))
        .isNotEqualTo(letter("a").getDeadLetterId());
  }

  @Test
  void shouldKeepTheMessageShortAndOnOneLine() {
    assertThat(letter("a\nb" + "c".repeat(1_000)).getMessage())
        .startsWith("a b")
        .hasSizeLessThanOrEqualTo(501);
  }

  private DeadLetter letter(String message) {
    return DeadLetters.of(
        "test",
        "query-service",
        RecordCoordinates.of(record),
        ReasonCode.UNKNOWN_SCHEMA_ID,
        message,
        4711);
  }
}
