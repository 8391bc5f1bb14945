package io.profilemesh.query.api;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Lets only so many costly answers be worked out at a time; others are asked to come again. */
final class Turns {

  private final Semaphore free;
  private final String busy;

  /**
   * @param most answers at a time
   * @param busy one sentence for those who come meanwhile
   */
  Turns(int most, String busy) {
    this.free = new Semaphore(most);
    this.busy = busy;
  }

  /** The answer, unless too many are being worked out. */
  <T> T take(Supplier<T> answer) {
    if (!free.tryAcquire()) {
      throw new ProblemException(ProblemCode.BUSY, busy, null);
    }
    try {
      return answer.get();
    } finally {
      free.release();
    }
  }
}
