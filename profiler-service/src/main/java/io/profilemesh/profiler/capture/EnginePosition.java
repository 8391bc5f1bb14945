package io.profilemesh.profiler.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * Places in PostgreSQL's log between transactions, as Debezium's engine writes them.
 *
 * <p>The engine's own position may lie inside a transaction, and the search for it after a restart
 * passes over changes that were never counted when transactions ran side by side or changes share a
 * place. So reading begins again after the last whole transaction: its successor is counted once
 * more, and nothing is passed over.
 */
final class EnginePosition {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COMMIT = "lsn_commit";
  private static final String CHANGE = "lsn";

  private EnginePosition() {}

  /** The position after the transactions that end before a place, in bytes from the log's start. */
  static LogPosition at(long place) {
    String value = "{\"" + CHANGE + "\":" + place + ",\"" + COMMIT + "\":" + place + '}';
    return new LogPosition(new byte[0], value.getBytes(StandardCharsets.UTF_8));
  }

  /** Where the last whole transaction before a position ended; empty for what is no position. */
  static OptionalLong wholeTransactions(LogPosition position) {
    try {
      JsonNode offset = JSON.readTree(position.value());
      JsonNode place = offset.path(COMMIT).isNumber() ? offset.path(COMMIT) : offset.path(CHANGE);
      return place.isNumber() ? OptionalLong.of(place.longValue()) : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
