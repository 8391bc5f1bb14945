package io.profilemesh.sink.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Positions of the sinks, as the database knows them. */
public final class SinkProgress {

  private static final Comparator<TopicPartition> LOCK_ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private static final String CREATE =
      "INSERT INTO profilemesh_sink_progress (topic, partition, next_offset) VALUES (?, ?, 0)"
          + " ON CONFLICT DO NOTHING";
  private static final String READ =
      "SELECT next_offset FROM profilemesh_sink_progress WHERE topic = ? AND partition = ?";
  private static final String ADVANCE =
      "UPDATE profilemesh_sink_progress SET next_offset = ?,"
          + " first_offset = CASE WHEN next_offset = 0 THEN ? ELSE first_offset END"
          + " WHERE topic = ? AND partition = ? AND next_offset <= ?";

  private SinkProgress() {}

  /** Next offsets of those partitions that have one. */
  public static Map<TopicPartition, Long> read(
      Connection connection, Collection<TopicPartition> partitions) throws SQLException {
    Map<TopicPartition, Long> positions = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      for (TopicPartition partition : partitions) {
        read(statement, partition, positions);
      }
    }
    return positions;
  }

  /**
   * Next offsets of all the partitions, each locked until the transaction ends: whoever else writes
   * for one of them waits, and then sees what was written here.
   */
  static SortedMap<TopicPartition, Long> lock(
      Connection connection, Collection<TopicPartition> partitions) throws SQLException {
    List<TopicPartition> sorted = partitions.stream().sorted(LOCK_ORDER).toList();
    SortedMap<TopicPartition, Long> positions = new TreeMap<>(LOCK_ORDER);
    try (PreparedStatement statement = connection.prepareStatement(READ + " FOR UPDATE")) {
      for (TopicPartition partition : sorted) {
        read(statement, partition, positions);
        if (!positions.containsKey(partition)) {
          create(connection, partition);
          read(statement, partition, positions);
        }
      }
    }
    return positions;
  }

  /**
   * Moves a locked position on.
   *
   * @param firstOffset first offset written
   * @param atMost where the position may lie at most
   */
  static void advance(
      Connection connection,
      TopicPartition partition,
      long firstOffset,
      long nextOffset,
      long atMost)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
      statement.setLong(1, nextOffset);
      statement.setLong(2, firstOffset);
      statement.setString(3, partition.topic());
      statement.setInt(4, partition.partition());
      statement.setLong(5, atMost);
      if (statement.executeUpdate() != 1) {
        throw new IllegalStateException(partition + " would have been written twice");
      }
    }
  }

  private static void create(Connection connection, TopicPartition partition) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CREATE)) {
      statement.setString(1, partition.topic());
      statement.setInt(2, partition.partition());
      statement.executeUpdate();
    }
  }

  private static void read(
      PreparedStatement statement, TopicPartition partition, Map<TopicPartition, Long> positions)
      throws SQLException {
    statement.setString(1, partition.topic());
    statement.setInt(2, partition.partition());
    try (ResultSet rows = statement.executeQuery()) {
      if (rows.next()) {
        positions.put(partition, rows.getLong(1));
      }
    }
  }
}
