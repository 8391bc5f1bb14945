package io.profilemesh.query.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Keeps those who try keys and sessions that nobody has from asking the database about each: one
 * address may have so many of them looked up. What was accepted lately is looked up all the same,
 * and what was just unknown is unknown without a look. Safe for use by many threads.
 */
@ApplicationScoped
public class Strangers {

  private static final long UNKNOWN_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long KNOWN_NANOS = Duration.ofMinutes(15).toNanos();
  private static final int MOST_REMEMBERED = 10_000;

  private final @Nullable Allowance looks;
  private final Map<String, Long> known = new ConcurrentHashMap<>();
  private final Map<String, Long> unknown = new ConcurrentHashMap<>();

  @Inject
  Strangers(
      @ConfigProperty(name = "profilemesh.access.unknown-keys-per-minute", defaultValue = "60")
          int perMinute) {
    this.looks =
        perMinute <= 0 ? null : new Allowance(new Allowance.Rate(perMinute / 60.0, perMinute));
  }

  /**
   * Lets only those pass whose proof is worth a look.
   *
   * @param proof what stands for what was shown, nothing to sign in with
   * @throws TooManyTriesException when the address has shown too much that nobody has
   */
  public void check(String proof, @Nullable String address) {
    long now = System.nanoTime();
    if (looks != null
        && !isRecent(known, proof, now, KNOWN_NANOS)
        && !looks.isLeft(name(address))) {
      throw new TooManyTriesException();
    }
  }

  /** Whether nobody had it a moment ago. */
  public boolean isUnknown(String proof) {
    return isRecent(unknown, proof, System.nanoTime(), UNKNOWN_NANOS);
  }

  /** A proof was looked up. */
  public void looked(String proof, @Nullable String address, boolean found) {
    remember(found ? known : unknown, proof);
    if (!found && looks != null) {
      looks.take(name(address));
    }
  }

  private static boolean isRecent(Map<String, Long> times, String proof, long now, long nanos) {
    Long at = times.get(proof);
    return at != null && now - at < nanos;
  }

  private static void remember(Map<String, Long> times, String proof) {
    if (times.size() >= MOST_REMEMBERED) {
      times.clear();
    }
    times.put(proof, System.nanoTime());
  }

  private static String name(@Nullable String address) {
    return address == null ? "" : address;
  }
}
