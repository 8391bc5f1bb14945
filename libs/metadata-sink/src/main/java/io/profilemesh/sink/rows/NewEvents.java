package io.profilemesh.sink.rows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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

  private NewEvents() {}

  /** The new ones by id, in order of their ids. */
  static <T> SortedMap<String, RecordRow<T>> among(
      Connection connection, List<RecordRow<T>> records, Function<T, String> id)
      throws SQLException {
    SortedMap<String, RecordRow<T>> events = new TreeMap<>();
    for (RecordRow<T> record : records) {
      events.putIfAbsent(StorableText.of(id.apply(record.record())), record);
    }
    try (PreparedStatement statement = connection.prepareStatement(STORED)) {
      statement.setArray(1, connection.createArrayOf("text", events.keySet().toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          events.remove(rows.getString(1));
        }
      }
    }
    return events;
  }
}
