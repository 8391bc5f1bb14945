package io.profilemesh.schema;

import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A topic of the mesh.
 *
 * @param name full name, prefix included
 * @param purpose one sentence for people
 * @param key what the key is, for people
 * @param valueSchema Avro schema of the value; null for JSON text
 * @param cleanup how old records leave
 * @param partitions partitions at creation unless configured otherwise
 * @param config topic configuration at creation beyond the cleanup policy
 * @param internal whether only one service reads and writes it
 * @param onePartition whether it always has one partition
 */
public record Topic(
    String name,
    String purpose,
    String key,
    @Nullable Schema valueSchema,
    Cleanup cleanup,
    int partitions,
    Map<String, String> config,
    boolean internal,
    boolean onePartition) {

  public Topic {
    config = Map.copyOf(config);
  }

  /** A topic with as many partitions as are configured. */
  public Topic(
      String name,
      String purpose,
      String key,
      @Nullable Schema valueSchema,
      Cleanup cleanup,
      int partitions,
      Map<String, String> config,
      boolean internal) {
    this(name, purpose, key, valueSchema, cleanup, partitions, config, internal, false);
  }

  /** The topic with one partition, whatever is configured: its records are in one order. */
  Topic inOnePartition() {
    return new Topic(name, purpose, key, valueSchema, cleanup, 1, config, internal, true);
  }

  /** How old records leave a topic. */
  public enum Cleanup {
    DELETE("delete"),
    COMPACT("compact"),
    COMPACT_DELETE("compact,delete");

    private final String policy;

    Cleanup(String policy) {
      this.policy = policy;
    }

    /** Value of {@code cleanup.policy}. */
    public String policy() {
      return policy;
    }
  }

  /** Whether records of one dataset share a partition number with those of all such topics. */
  public boolean keyedByDataset() {
    return key.equals("dataset id");
  }

  /** Registry subject of the value (the registry's topic name strategy). */
  public String subject() {
    return name + "-value";
  }
}
