package io.profilemesh.profiler.capture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a source what capture made in it, once the configuration no longer says capture, and
 * forgets what was counted. Tries until that is done.
 */
final class CaptureRemoval implements OwnedSource {

  private static final Logger LOG = Logger.getLogger(CaptureRemoval.class);
  private static final Duration RETRY = Duration.ofSeconds(30);

  private final String source;
  private final SourceBook book;
  private final CaptureLog log;
  private final CaptureRecords records;
  private final @Nullable FeedFactory feeds;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param feeds knows how to reach the source; null when the configuration does not name it any
   *     more
   */
  CaptureRemoval(
      String source,
      SourceBook book,
      CaptureLog log,
      CaptureRecords records,
      @Nullable FeedFactory feeds) {
    this.source = source;
    this.book = book;
    this.log = log;
    this.records = records;
    this.feeds = feeds;
    this.thread = new Thread(this::run, "capture-removal-" + source);
    thread.setDaemon(true);
  }

  @Override
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!isRemoved()) {
        if (ended.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
      log.write(tombstones());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isRemoved() {
    SourceProgress progress = book.progress().orElse(null);
    if (progress == null || progress.slot() == null) {
      return true;
    }
    if (feeds == null) {
      LOG.warnf(
          "the source %s is not configured any more and may still keep log for change capture: in"
              + " its database, run SELECT pg_drop_replication_slot('%s')",
          source, progress.slot());
      return true;
    }
    try {
      feeds.remove(progress);
      LOG.infof("capture of %s has ended: its replication slot is dropped", source);
      return true;
    } catch (CaptureFailure e) {
      LOG.warnf(
          "the replication slot %s of %s cannot be dropped yet: %s",
          progress.slot(), source, e.sentence());
      return false;
    }
  }

  private List<ProducerRecord<byte[], byte[]>> tombstones() {
    List<ProducerRecord<byte[], byte[]>> all = new ArrayList<>();
    for (CapturedTable table : book.tables()) {
      all.add(records.forgotten(log.partition(), CaptureRecords.tableKey(table.in(source))));
    }
    all.add(records.forgotten(log.partition(), CaptureRecords.sourceKey(source)));
    return all;
  }

  @Override
  public void tick() {}

  @Override
  public @Nullable CaptureStatus status() {
    return null;
  }

  @Override
  public void stop() {
    ended.countDown();
    log.stop();
  }

  @Override
  public void close() {
    stop();
    try {
      thread.join(RETRY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    log.close();
  }
}
