package io.profilemesh.query.access;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often each of many may do something: a bucket per name that refills steadily. Safe for use by
 * many threads.
 */
public final class Allowance {

  private static final int MOST_NAMES = 20_000;

  private final Rate rate;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  /**
   * How often.
   *
   * @param perSecond how much comes back per second, above 0
   * @param atOnce how much there is at most, at least 1
   */
  public record Rate(double perSecond, double atOnce) {

    public Rate {
      if (!(perSecond > 0) || !(atOnce >= 1)) {
        throw new IllegalArgumentException("a rate allows something");
      }
    }
  }

  private record Bucket(double left, long at) {}

  public Allowance(Rate rate) {
    this.rate = rate;
  }

  /** Takes one of a name's; false: there is none left. */
  public boolean take(String name) {
    return take(name, System.nanoTime());
  }

  /** Whether one of a name's is left. */
  boolean isLeft(String name) {
    Bucket bucket = buckets.get(name);
    return bucket == null || left(bucket, System.nanoTime()) >= 1;
  }

  boolean take(String name, long now) {
    if (buckets.size() > MOST_NAMES) {
      // Those who did nothing for long have a full bucket, which a missing one stands for.
      buckets.values().removeIf(bucket -> left(bucket, now) >= rate.atOnce());
    }
    boolean[] taken = new boolean[1];
    buckets.compute(
        name,
        (key, bucket) -> {
          double left = bucket == null ? rate.atOnce() : left(bucket, now);
          taken[0] = left >= 1;
          return new Bucket(taken[0] ? left - 1 : left, now);
        });
    return taken[0];
  }

  private double left(Bucket bucket, long now) {
    return Math.min(rate.atOnce(), bucket.left() + (now - bucket.at()) / 1e9 * rate.perSecond());
  }
}
