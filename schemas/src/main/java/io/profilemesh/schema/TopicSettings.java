package io.profilemesh.schema;

/**
 * How topics are created.
 *
 * @param partitions partitions of every topic, at least 1; topics keyed by dataset must agree
 * @param replicationFactor copies of every partition, at least 1
 */
public record TopicSettings(int partitions, short replicationFactor) {

  public TopicSettings {
    if (partitions < 1) {
      throw new IllegalArgumentException("a topic has at least one partition");
    }
    if (replicationFactor < 1) {
      throw new IllegalArgumentException("a topic has at least one replica");
    }
  }
}
