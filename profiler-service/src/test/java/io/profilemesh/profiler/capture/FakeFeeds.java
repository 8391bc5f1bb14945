package io.profilemesh.profiler.capture;

import io.profilemesh.schema.ReasonCode;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A source whose log says what a test wants it to say. */
final class FakeFeeds implements FeedFactory {

  static final LogPosition START = new LogPosition(new byte[0], new byte[] {0});

  final AtomicInteger resets = new AtomicInteger();
  volatile Set<CapturedTable> tables = Set.of();
  volatile Set<CapturedTable> added = Set.of();
  volatile String gap;
  volatile CaptureFailure failure;
  volatile LogPosition openedAt;
  volatile long lagBytes;
  private volatile ChangeSink sink;
  private volatile int begun;
  private volatile CountDownLatch open = new CountDownLatch(1);

  @Override
  public Prepared prepare(Optional<SourceProgress> progress) throws CaptureFailure {
    if (failure != null) {
      throw failure;
    }
    String reason = gap;
    gap = null;
    boolean anew =
        reason != null || progress.map(SourceProgress::position).isEmpty() || resets.get() > begun;
    begun = resets.get();
    return new Prepared("slot", null, reason, anew ? START : null, check());
  }

  @Override
  public ChangeFeed open(LogPosition position, ChangeSink to) {
    openedAt = position;
    CountDownLatch until = new CountDownLatch(1);
    open = until;
    return new ChangeFeed() {
      @Override
      public void run(Runnable reading) throws CaptureFailure {
        sink = to;
        reading.run();
        try {
          until.await();
        } catch (InterruptedException e) {
          throw new CaptureFailure(ReasonCode.CAPTURE_FAILED, "Interrupted.");
        }
      }

      @Override
      public void close() {
        until.countDown();
      }
    };
  }

  /** Does as a feed's thread would. */
  void read(Consumer<ChangeSink> reading) {
    reading.accept(sink);
  }

  boolean isOpen() {
    return sink != null && open.getCount() > 0;
  }

  @Override
  public Health check() {
    return new Health(tables, Set.of(), added, lagBytes, false);
  }

  @Override
  public void remove(SourceProgress progress) {}

  @Override
  public void reset() {
    resets.incrementAndGet();
    lagBytes = 0;
  }

  @Override
  public void close() {}
}
