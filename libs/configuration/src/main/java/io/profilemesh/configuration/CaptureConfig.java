package io.profilemesh.configuration;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How changes of a source's rows are learnt of.
 *
 * @param mode who reads the source's log
 * @param username role that reads the log, or null for the source's own
 * @param password its password; null where the database asks for none or the role is the source's
 * @param slot name of the replication slot, or null for one that follows from mesh and source
 * @param publication name of the publication, or null for the slot's
 * @param maxLagBytes log that the source may have to keep for a reader that does not keep up;
 *     beyond it the reader lets go
 * @param heartbeat time between signs of life in the log of an idle database
 * @param topics which topics of the mesh's cluster hold the changes, in mode TOPICS; else null
 */
public record CaptureConfig(
    Mode mode,
    @Nullable String username,
    @Nullable Secret password,
    @Nullable String slot,
    @Nullable String publication,
    long maxLagBytes,
    Duration heartbeat,
    @Nullable Pattern topics) {

  /** Log that a source may have to keep unless configured otherwise: 4 GB. */
  public static final long DEFAULT_MAX_LAG_BYTES = 4_000_000_000L;

  /** Time between signs of life unless configured otherwise. */
  public static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(10);

  private static final Pattern SLOT = Pattern.compile("[a-z0-9_]{1,63}");

  public CaptureConfig {
    if (slot != null && !isSlotName(slot)) {
      throw new IllegalArgumentException(
          "a slot has at most 63 lower-case letters, digits and underscores");
    }
    if (maxLagBytes < 1) {
      throw new IllegalArgumentException("the largest lag is at least one byte");
    }
    if ((mode == Mode.TOPICS) != (topics != null)) {
      throw new IllegalArgumentException(
          "topics go with the mode topics, and the mode with topics");
    }
  }

  /** Who reads the source's log. */
  public enum Mode {
    /** The profiler itself. */
    EMBEDDED,
    /** An external Kafka Connect, whose topics the profiler reads. */
    TOPICS;

    /** The mode of that name in a configuration, in any case. */
    public static Optional<Mode> ofName(String name) {
      for (Mode mode : values()) {
        if (mode.name().equalsIgnoreCase(name)) {
          return Optional.of(mode);
        }
      }
      return Optional.empty();
    }
  }

  /** The embedded mode with nothing said about it. */
  public static CaptureConfig embedded() {
    return new CaptureConfig(
        Mode.EMBEDDED, null, null, null, null, DEFAULT_MAX_LAG_BYTES, DEFAULT_HEARTBEAT, null);
  }

  /** Whether sources of that type write a log that the profiler can read by itself. */
  public static boolean hasReadableLog(SourceType type) {
    return switch (type) {
      case POSTGRESQL, MARIADB, MYSQL -> true;
      case SQLITE, DUCKDB, FILES, SNOWFLAKE, BIGQUERY, REDSHIFT -> false;
    };
  }

  /** Whether PostgreSQL takes that name for a slot. */
  public static boolean isSlotName(String name) {
    return SLOT.matcher(name).matches();
  }
}
