package io.profilemesh.profiler.capture;

import io.profilemesh.configuration.ChangeRules;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.profiler.capture.CaptureStatus.State;
import io.profilemesh.profiler.capture.FeedFactory.Health;
import io.profilemesh.profiler.capture.FeedFactory.Prepared;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.Trigger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows one source for as long as this instance owns it: a thread of its own reads the log,
 * another looks after the source, and {@link #tick} asks for tables.
 *
 * <p>What is in memory outside the lock is what is in the topic: changes are counted together with
 * the position after them, and a request is made together with the state that it empties.
 */
final class CapturedSource implements OwnedSource {

  private static final Logger LOG = Logger.getLogger(CapturedSource.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration CHECK_EVERY = Duration.ofSeconds(5);
  private static final Duration SWEEP_LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration LOCK_PATIENCE = Duration.ofMillis(20);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(8);
  private static final int RECORDS_AT_ONCE = 2_000;

  private final CaptureScope scope;
  private final SourceBook book;
  private final CaptureLog log;
  private final CaptureRecords records;
  private final FeedFactory feeds;
  private final TableRows rows;
  private final RequestsUnderWay underWay;
  private final CaptureMetrics metrics;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private final Thread watch;
  private volatile boolean closed;
  private volatile CaptureStatus status;
  private volatile @Nullable ChangeFeed feed;
  private volatile @Nullable String ownGap;
  private final Repeats repeats = new Repeats();
  private @Nullable Asked unsettled;
  private boolean warnedOfNoBound;
  private @Nullable String lastSaid;
  private Instant nextSweepLook = Instant.MIN;

  /**
   * @param book what is known of the source; belongs to this object from now on
   */
  CapturedSource(
      CaptureScope scope,
      SourceBook book,
      CaptureLog log,
      CaptureRecords records,
      FeedFactory feeds,
      TableRows rows,
      RequestsUnderWay underWay,
      CaptureMetrics metrics,
      Clock clock) {
    this.scope = scope;
    this.book = book;
    this.log = log;
    this.records = records;
    this.feeds = feeds;
    this.rows = rows;
    this.underWay = underWay;
    this.metrics = metrics;
    this.clock = clock;
    this.status = new CaptureStatus(scope.name(), State.STARTING, "", -1);
    this.thread = daemon(this::follow, "capture-" + scope.name());
    this.watch = daemon(this::watch, "capture-watch-" + scope.name());
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void start() {
    thread.start();
    watch.start();
  }

  @Override
  public CaptureStatus status() {
    return status;
  }

  private void follow() {
    Duration pause = FIRST_PAUSE;
    while (!closed) {
      Instant began = clock.instant();
      try {
        followOnce();
      } catch (CaptureFailure e) {
        waiting(e);
        ownGap = e.isGap() ? e.sentence() : ownGap;
      } catch (RuntimeException e) {
        LOG.errorf(e, "capture of %s met a defect and is tried again", scope.name());
      }
      boolean lasted = began.plus(LONGEST_PAUSE).isBefore(clock.instant());
      pause = lasted ? FIRST_PAUSE : longer(pause);
      if (!closed && !rest(pause)) {
        return;
      }
    }
  }

  private void followOnce() throws CaptureFailure {
    Optional<SourceProgress> known = book.progress();
    Prepared prepared =
        feeds.prepare(ownGap == null ? known : known.map(progress -> progress.at(null)));
    if (prepared.health().unbounded() && !warnedOfNoBound) {
      warnedOfNoBound = true;
      LOG.warnf(
          "nothing bounds the log that %s keeps while no profiler runs: set"
              + " max_slot_wal_keep_size in the source",
          scope.name());
    }
    if (!begin(prepared)) {
      return;
    }
    LogPosition position = book.progress().map(SourceProgress::position).orElseThrow();
    ChangeFeed current = feeds.open(position, new Sink());
    feed = current;
    try {
      if (!closed) {
        current.run(() -> following(prepared.health()));
      }
    } finally {
      feed = null;
      current.close();
    }
  }

  /** Writes down what the source looks like; false when it is time to stop. */
  private boolean begin(Prepared prepared) {
    lock.lock();
    try {
      if (!settle(log::write)) {
        return false;
      }
      Instant now = clock.instant();
      Optional<SourceProgress> before = book.progress();
      String mode = scope.config().mode().name();
      String gap = ownGap == null ? prepared.gap() : ownGap;
      SourceProgress known =
          before.orElseGet(() -> new SourceProgress(now, mode, null, null, null));
      SourceProgress progress = prepared.start() == null ? known : known.at(prepared.start());
      String publication =
          prepared.publication() == null ? progress.publication() : prepared.publication();
      SourceProgress next = progress.with(prepared.slot(), publication);
      Map<CapturedTable, TableChanges> changed = discovered(prepared.health(), before.isPresent());
      if (gap != null) {
        LOG.warnf("capture of %s begins anew: %s", scope.name(), gap);
        metrics.reset(scope.name());
        for (CapturedTable table : prepared.health().tables()) {
          TableChanges state = changed.getOrDefault(table, book.table(table).orElse(null));
          changed.put(table, (state == null ? TableChanges.since(now) : state).missed(gap));
        }
      }
      boolean kept =
          (next.equals(before.orElse(null)) && changed.isEmpty()) || keep(next, changed, List.of());
      ownGap = kept ? null : ownGap;
      return kept;
    } finally {
      lock.unlock();
    }
  }

  /** States of tables that are new here. */
  private Map<CapturedTable, TableChanges> discovered(Health health, boolean followedBefore) {
    Instant now = clock.instant();
    Map<CapturedTable, TableChanges> fresh = new LinkedHashMap<>();
    for (CapturedTable table : health.tables()) {
      if (book.table(table).isEmpty()) {
        TableChanges changes = TableChanges.since(now);
        fresh.put(
            table,
            followedBefore ? changes.missed("The table is new to change capture.") : changes);
      } else if (health.added().contains(table)) {
        fresh.put(
            table,
            book.table(table).get().missed("Changes of the table could not be seen until now."));
      }
    }
    return fresh;
  }

  /** Guarded by the lock: writes, then knows. */
  private boolean keep(
      @Nullable SourceProgress progress,
      Map<CapturedTable, TableChanges> changed,
      List<ProducerRecord<byte[], byte[]>> letters) {
    List<ProducerRecord<byte[], byte[]>> all = new ArrayList<>(letters);
    changed.forEach((table, changes) -> all.add(record(table, changes)));
    if (progress != null) {
      all.add(records.source(log.partition(), scope.name(), progress));
    }
    for (int from = 0; from < all.size(); from += RECORDS_AT_ONCE) {
      // The position is last: a stretch that was not written as a whole is counted again.
      if (!log.write(all.subList(from, Math.min(all.size(), from + RECORDS_AT_ONCE)))) {
        return false;
      }
    }
    book.putAll(changed);
    if (progress != null) {
      book.progress(progress);
    }
    return true;
  }

  private ProducerRecord<byte[], byte[]> record(CapturedTable table, TableChanges changes) {
    return records.table(log.partition(), table.in(scope.name()), changes);
  }

  /** Requests whose transaction has no known outcome: they may have been made. */
  private record Asked(
      List<ProducerRecord<byte[], byte[]>> records,
      Map<CapturedTable, TableChanges> tables,
      List<Trigger> triggers) {}

  /**
   * Guarded by the lock. Requests of unknown fate come before anything else is counted: what
   * changed after them must not count as asked for by them.
   */
  private boolean settle(Predicate<Collection<ProducerRecord<byte[], byte[]>>> writing) {
    Asked asked = unsettled;
    if (asked == null) {
      return true;
    }
    if (!writing.test(asked.records())) {
      return false;
    }
    unsettled = null;
    book.putAll(asked.tables());
    asked.triggers().forEach(metrics::asked);
    return true;
  }

  /** Asks for every table whose time has come. */
  @Override
  public void tick() {
    boolean mine;
    try {
      mine = lock.tryLock(LOCK_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (!mine) {
      return;
    }
    try {
      if (!closed && settle(log::tryWrite)) {
        askForTables(clock.instant());
      }
    } catch (RuntimeException e) {
      LOG.errorf(e, "asking for tables of %s met a defect and is tried again", scope.name());
    } finally {
      lock.unlock();
    }
  }

  private void askForTables(Instant now) {
    SourceProgress progress = book.progress().orElse(null);
    if (progress == null) {
      return;
    }
    List<ProducerRecord<byte[], byte[]>> all = new ArrayList<>();
    Map<CapturedTable, TableChanges> asked = new LinkedHashMap<>();
    List<Trigger> triggers = new ArrayList<>();
    for (CapturedTable table : candidates(now)) {
      TableChanges changes = orAgain(table, book.table(table).orElseThrow(), now);
      Optional<ChangeBudget.Ask> ask = ask(table, changes, now);
      if (ask.isPresent() && all.size() < RECORDS_AT_ONCE) {
        DatasetId dataset = table.in(scope.name());
        String id = records.requestId(dataset, progress, changes);
        TableChanges next = changes.requested(id, now);
        all.add(records.request(dataset, id, ask.get()));
        all.add(record(table, next));
        asked.put(table, next);
        triggers.add(ask.get().trigger());
      }
    }
    if (!all.isEmpty()) {
      unsettled = new Asked(all, asked, triggers);
      settle(log::tryWrite);
    }
  }

  /** What was asked for in vain is still to be looked at. */
  private TableChanges orAgain(CapturedTable table, TableChanges changes, Instant now) {
    Instant asked = changes.requestedAt();
    if (asked == null || !underWay.cameToNothing(table.in(scope.name()), changes)) {
      repeats.forget(table);
      return changes;
    }
    if (changes.isPending() || !repeats.isTime(table, asked, now)) {
      return changes;
    }
    repeats.again(table);
    return changes.missed("The last request for the table came to nothing.");
  }

  /** Tables with changes; now and then all of them, for the sweep. */
  private Iterable<CapturedTable> candidates(Instant now) {
    if (now.isBefore(nextSweepLook)) {
      return book.pending();
    }
    nextSweepLook = now.plus(SWEEP_LOOK_EVERY);
    return book.tables();
  }

  private Optional<ChangeBudget.Ask> ask(CapturedTable table, TableChanges changes, Instant now) {
    Optional<ChangeRules> rules = scope.rules(table);
    if (rules.isEmpty()) {
      return Optional.empty();
    }
    boolean open = underWay.isUnderWay(table.in(scope.name()), changes, now);
    OptionalLong size = changes.isPending() ? rows.of(table) : OptionalLong.empty();
    return ChangeBudget.decide(changes, rules.get(), size, open, now);
  }

  private void watch() {
    while (!closed && rest(CHECK_EVERY)) {
      if (feed != null) {
        try {
          look(feeds.check());
        } catch (CaptureFailure e) {
          LOG.debugf("capture of %s cannot look at its source: %s", scope.name(), e.sentence());
        } catch (RuntimeException e) {
          LOG.errorf(e, "looking at the source %s met a defect", scope.name());
        }
      }
    }
  }

  private void look(Health health) throws CaptureFailure {
    following(health);
    Optional<String> tooMuch = Lag.beyond(scope.config().maxLagBytes(), health.lagBytes());
    if (tooMuch.isPresent()) {
      // At once, whatever the feed waits for: its reading ends with what it reads from.
      ownGap = tooMuch.get();
      feeds.reset();
      stopFeed();
      return;
    }
    lock.lock();
    try {
      if (settle(log::write)) {
        Map<CapturedTable, TableChanges> fresh = discovered(health, true);
        if (!fresh.isEmpty()) {
          keep(null, fresh, List.of());
        }
        forgetAllBut(health.tables());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tables that are gone, or not captured any more, are asked for no more. */
  private void forgetAllBut(Set<CapturedTable> present) {
    Set<CapturedTable> gone = new HashSet<>(book.tables());
    gone.removeAll(present);
    if (!gone.isEmpty()
        && log.write(
            gone.stream()
                .map(table -> CaptureRecords.tableKey(table.in(scope.name())))
                .map(key -> records.forgotten(log.partition(), key))
                .toList())) {
      book.removeAll(gone);
    }
  }

  private void following(Health health) {
    metrics.lag(scope.name(), health.lagBytes());
    long half = scope.config().maxLagBytes() / 2;
    StringBuilder sentence = new StringBuilder();
    if (!health.unseen().isEmpty()) {
      boolean one = health.unseen().size() == 1;
      sentence
          .append(health.unseen().size())
          .append(one ? " table" : " tables")
          .append(" without a replica identity ")
          .append(one ? "is left to the sweep." : "are left to the sweep.");
    }
    if (health.lagBytes() > half) {
      sentence.append(" The source keeps much log: capture does not keep up.");
    }
    status =
        new CaptureStatus(
            scope.name(), State.FOLLOWING, sentence.toString().strip(), health.lagBytes());
    say(sentence.toString().strip());
  }

  private void waiting(CaptureFailure failure) {
    metrics.failed(failure.code());
    status = new CaptureStatus(scope.name(), State.WAITING, failure.sentence(), status.lagBytes());
    say(failure.code() + ": " + failure.sentence());
  }

  /** Says a thing once, until there is another to say. */
  private synchronized void say(String sentence) {
    if (!sentence.isEmpty() && !sentence.equals(lastSaid)) {
      LOG.warnf("capture of %s: %s", scope.name(), sentence);
    } else if (sentence.isEmpty() && lastSaid != null && !lastSaid.isEmpty()) {
      LOG.infof("capture of %s follows its source", scope.name());
    }
    lastSaid = sentence;
  }

  private boolean rest(Duration pause) {
    try {
      return !ended.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private void stopFeed() {
    ChangeFeed current = feed;
    if (current != null) {
      current.close();
    }
  }

  @Override
  public void stop() {
    closed = true;
    ended.countDown();
    log.stop();
  }

  @Override
  public void close() {
    stop();
    stopFeed();
    try {
      thread.join(STOP_PATIENCE.toMillis());
      watch.join(STOP_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    feeds.close();
    lock.lock();
    try {
      log.close();
    } finally {
      lock.unlock();
    }
    metrics.forget(scope.name());
  }

  private final class Sink implements ChangeSink {

    private final ChangeTally tally = new ChangeTally();
    private final List<ProducerRecord<byte[], byte[]>> letters = new ArrayList<>();

    @Override
    public void count(CapturedTable table, ChangeTally.Kind kind, long times) {
      if (scope.rules(table).isPresent()) {
        tally.add(table, kind, times);
      }
    }

    @Override
    public void refuse(
        ConsumerRecord<byte[], byte[]> record,
        ReasonCode code,
        String message,
        @Nullable Integer schemaId) {
      letters.add(records.deadLetter(record, code, message, schemaId));
      metrics.refused(code);
    }

    @Override
    public boolean hasCounted() {
      return !tally.isEmpty() || !letters.isEmpty();
    }

    @Override
    public boolean store(LogPosition position) {
      lock.lock();
      try {
        SourceProgress progress = book.progress().orElse(null);
        if (progress == null || !settle(log::write)) {
          return false;
        }
        Map<CapturedTable, ChangeCounts> counted = tally.take();
        Instant now = clock.instant();
        Map<CapturedTable, TableChanges> changed = new LinkedHashMap<>();
        counted.forEach(
            (table, counts) ->
                changed.put(
                    table,
                    book.table(table)
                        .orElseGet(() -> TableChanges.since(now))
                        .changed(counts, now)));
        if (!keep(progress.at(position), changed, letters)) {
          return false;
        }
        letters.clear();
        metrics.counted(counted.values());
        return true;
      } finally {
        lock.unlock();
      }
    }
  }
}
