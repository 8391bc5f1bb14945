package io.profilemesh.profiler.plan;

import org.jspecify.annotations.Nullable;

/**
 * What reading takes, estimated; each is null where nobody knows.
 *
 * @param bytes at the source
 */
public record Cost(@Nullable Long rows, @Nullable Long bytes, @Nullable Double seconds) {

  /** Of reading nothing. */
  public static final Cost NOTHING = new Cost(0L, 0L, 0.0);

  /** Of something nobody can estimate. */
  public static final Cost UNKNOWN = new Cost(null, null, null);

  /** Of a share of it. */
  Cost times(double share) {
    return new Cost(
        rows == null ? null : Long.valueOf((long) Math.ceil(rows * share)),
        bytes == null ? null : Long.valueOf((long) Math.ceil(bytes * share)),
        seconds == null ? null : Double.valueOf(seconds * share));
  }
}
