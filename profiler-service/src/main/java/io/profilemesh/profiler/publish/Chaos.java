package io.profilemesh.profiler.publish;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntConsumer;

/**
 * Faults that tests of the whole system plant on purpose; all off outside environments whose name
 * starts with {@code test}.
 *
 * @param deduplication false: the ledger is ignored and offsets are committed after the results, so
 *     that a harness looking for duplicates can prove that it finds them
 * @param haltAt point at which the process dies without a word
 * @param haltProbability chance of dying each time the point is passed, 0 to 1
 */
public record Chaos(boolean deduplication, HaltPoint haltAt, double haltProbability) {

  /** No faults. */
  public static final Chaos NONE = new Chaos(true, HaltPoint.NOWHERE, 0);

  private static final int EXIT_CODE = 137;

  /** Named points at which a process may die. */
  public enum HaltPoint {
    NOWHERE,
    BEFORE_PUBLISH,
    BETWEEN_SEND_AND_COMMIT
  }

  /** Dies here if that is what was asked for. */
  void pass(HaltPoint point) {
    pass(point, Runtime.getRuntime()::halt);
  }

  void pass(HaltPoint point, IntConsumer halt) {
    if (point == haltAt && ThreadLocalRandom.current().nextDouble() < haltProbability) {
      halt.accept(EXIT_CODE);
    }
  }
}
