package io.profilemesh.schema.serde;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ids the registry has just called unknown, so that a flood of records with a made-up id does not
 * become a flood of questions. Kept for a second only: the next schema registered may get that id.
 */
final class UnknownIds {

  private static final long MEMORY_NANOS = 1_000_000_000L;
  private static final int MOST = 1_000;

  private final Map<Integer, Long> heardAt = new ConcurrentHashMap<>();

  void heard(int id) {
    if (heardAt.size() >= MOST) {
      heardAt.clear();
    }
    heardAt.put(id, System.nanoTime());
  }

  boolean heardRecently(int id) {
    Long at = heardAt.get(id);
    return at != null && System.nanoTime() - at < MEMORY_NANOS;
  }
}
