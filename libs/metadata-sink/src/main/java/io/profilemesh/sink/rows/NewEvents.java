package io.profilemesh.sink.rows;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/**
 * Which records of a batch are events that are not stored yet. The first of its id in the log wins,
 * also when a repeat bears another time and so belongs to another month, where no index would
 * notice it. Events of one run share a partition of their topic, which one transaction at a time
 * writes, so nobody adds the same event meanwhile.
 */
final class NewEvents {

  private static final String STORED =
      "SELECT event_id FROM profilemesh_events WHERE event_id = ANY (?)";

  /** No step of a run is from before the run, so older months need not be looked into. */
  private static final String STORED_OF_RUNS =
      "SELECT event_id FROM profilemesh_events WHERE event_id = ANY (?)"
          + " AND \"timestamp\" >= (SELECT min(requested_at) FROM profilemesh_runs"
          + " WHERE run_id = ANY (?))";

  private NewEvents() {}

  /** The new ones by id, in order of their ids. */
  static <T> SortedMap<String, RecordRow<T>> among(
      Connection connection, List<RecordRow<T>> records, Function<T, String> id)
      throws SQLException {
    SortedMap<String, RecordRow<T>> events = byId(records, id);
    try (PreparedStatement statement = connection.prepareStatement(STORED)) {
      remove(connection, statement, events);
    }
    return events;
  }

  /**
   * The same of steps of runs, each of which is stored together with the row of its run.
   *
   * @param run the run of a step
   */
  static <T> SortedMap<String, RecordRow<T>> amongSteps(
      Connection connection,
      List<RecordRow<T>> records,
      Function<T, String> id,
      Function<T, String> run)
      throws SQLException {
    SortedMap<String, RecordRow<T>> events = byId(records, id);
    Array runs =
        connection.createArrayOf(
            "uuid",
            records.stream()
                .map(record -> UUID.fromString(run.apply(record.record())))
                .distinct()
                .toArray());
    try (PreparedStatement statement = connection.prepareStatement(STORED_OF_RUNS)) {
      statement.setArray(2, runs);
      remove(connection, statement, events);
    }
    return events;
  }

  private static <T> SortedMap<String, RecordRow<T>> byId(
      List<RecordRow<T>> records, Function<T, String> id) {
    SortedMap<String, RecordRow<T>> events = new TreeMap<>();
    for (RecordRow<T> record : records) {
      events.putIfAbsent(StorableText.of(id.apply(record.record())), record);
    }
    return events;
  }

  private static <T> void remove(
      Connection connection, PreparedStatement statement, SortedMap<String, RecordRow<T>> events)
      throws SQLException {
    statement.setArray(1, connection.createArrayOf("text", events.keySet().toArray()));
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        events.remove(rows.getString(1));
      }
    }
  }
}
