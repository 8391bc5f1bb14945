package io.profilemesh.sink.rebuild;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What the tables in use remember of the topics: from which offset to which. */
final class LivePositions {

  private static final String READ =
      "SELECT topic, partition, first_offset, next_offset FROM profilemesh_sink_progress"
          + " WHERE topic = ANY (?) AND next_offset > 0";

  private LivePositions() {}

  /**
   * Offsets of a partition that have become rows.
   *
   * @param first the first of them
   * @param next the first that is not stored yet
   */
  record Span(long first, long next) {}

  /** Of the partitions of which something is stored, as the connection's transaction sees it. */
  static Map<TopicPartition, Span> read(Connection connection, Collection<String> topics)
      throws SQLException {
    Map<TopicPartition, Span> spans = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setArray(1, connection.createArrayOf("text", topics.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          spans.put(
              new TopicPartition(rows.getString(1), rows.getInt(2)),
              new Span(rows.getLong(3), rows.getLong(4)));
        }
      }
    }
    return spans;
  }
}
