package io.profilemesh.cli.query;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.cli.letter.Letter;
import io.profilemesh.cli.letter.Replay;
import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.Column.Where;
import io.profilemesh.schema.DeadLetter;
import java.time.Instant;
import java.util.List;

/** Columns of dead letters. */
public final class LetterColumns {

  /** Letters. */
  public static final List<Column> LETTERS =
      List.of(
          Column.text("deadLetterId", "LETTER"),
          Column.instant("refusedAt", "REFUSED (UTC)"),
          Column.text("service", "SERVICE"),
          Column.text("topic", "TOPIC"),
          Column.text("partition", "PARTITION"),
          Column.text("offset", "OFFSET"),
          Column.text("code", "REASON"),
          Column.text("message", "WHY"),
          Column.text("key", "KEY").only(Where.CSV_ONLY),
          Column.text("environment", "ENVIRONMENT").only(Where.CSV_ONLY),
          Column.text("schemaId", "SCHEMA").only(Where.CSV_ONLY),
          Column.number("sizeBytes", "BYTES").only(Where.CSV_ONLY),
          Column.instant("recordTimestamp", "WRITTEN (UTC)").only(Where.CSV_ONLY));

  /** What became of letters that were to be replayed. */
  public static final List<Column> REPLAYS =
      List.of(
          Column.text("deadLetterId", "LETTER"),
          Column.text("topic", "TOPIC"),
          Column.text("partition", "PARTITION"),
          Column.text("offset", "OFFSET"),
          Column.text("code", "REASON"),
          Column.text("outcome", "OUTCOME"));

  private LetterColumns() {}

  /** A letter as a row. */
  public static ObjectNode row(Letter each) {
    DeadLetter letter = each.letter();
    Instant written = letter.getRecordTimestamp();
    return JsonNodeFactory.instance
        .objectNode()
        .put("deadLetterId", letter.getDeadLetterId())
        .put("refusedAt", each.refusedAt().toString())
        .put("service", letter.getService())
        .put("topic", letter.getTopic())
        .put("partition", letter.getPartition())
        .put("offset", letter.getOffset())
        .put("code", letter.getCode())
        .put("message", letter.getMessage())
        .put("key", each.key())
        .put("environment", letter.getEnvironment())
        .put("schemaId", letter.getSchemaId())
        .put("sizeBytes", letter.getSizeBytes())
        .put("recordTimestamp", written == null ? null : written.toString());
  }

  /** A replay as a row. */
  public static ObjectNode row(Replay replay) {
    return row(replay.letter()).put("outcome", replay.outcome().word());
  }
}
