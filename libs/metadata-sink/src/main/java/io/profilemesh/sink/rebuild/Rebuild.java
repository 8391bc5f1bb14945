package io.profilemesh.sink.rebuild;

import io.profilemesh.metadata.SchemaSupport;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.RegistryUnavailableException;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import io.profilemesh.sink.rebuild.LivePositions.Span;
import io.profilemesh.sink.rebuild.RebuildResult.TableComparison;
import io.profilemesh.sink.rows.EventIdentity;
import io.profilemesh.sink.store.StoredTopic;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Makes the derived tables again from the topics, in a schema of their own beside those in use, and
 * then lets them change places in one transaction. The query service may work on: it reads no
 * further than it was while tables change places, and goes on from there. Broken off at any moment,
 * a rebuild goes on where it was. Tables with data of their own are left alone.
 */
public final class Rebuild {

  private static final int MOST_READERS = 4;
  private static final int SWITCH_TRIES = 6;
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String DEPENDENTS = "2BP01";

  private final TablesAddress tables;
  private final Map<String, Object> kafka;
  private final List<StoredTopic<?>> topics;
  private final RebuildListener listener;
  private final AtomicLong done = new AtomicLong();

  /**
   * A rebuild.
   *
   * @param tables where the tables are
   * @param kafka how to reach the brokers
   * @param registry where the schemas of the records are
   * @param topics names of the topics
   * @param listener told how it goes on
   */
  public Rebuild(
      TablesAddress tables,
      Map<String, Object> kafka,
      SchemaRegistryClient registry,
      Topics topics,
      RebuildListener listener) {
    this.tables = tables;
    this.kafka = Map.copyOf(kafka);
    this.topics = StoredTopic.all(topics, registry, EventIdentity.own());
    this.listener = listener;
  }

  /**
   * Rebuilds.
   *
   * @throws RebuildRefusedException when it cannot be done or not be finished; the tables in use
   *     are as they were
   */
  public RebuildResult run(RebuildOptions options) {
    try (Connection control = tables.connect()) {
      Place place = Place.of(control);
      requireAlone(control, place);
      requireVersion(SchemaSupport.check(control));
      return rebuild(control, place, options);
    } catch (SQLException e) {
      throw new RebuildRefusedException(
          "The database broke the rebuild off (SQLSTATE %s): %s. Run it again, it goes on."
              .formatted(e.getSQLState(), firstLine(e)),
          e);
    } catch (KafkaException | RegistryUnavailableException e) {
      throw new RebuildRefusedException(
          "The topics cannot be read: %s. Run it again, it goes on.".formatted(firstLine(e)), e);
    }
  }

  private RebuildResult rebuild(Connection control, Place place, RebuildOptions options)
      throws SQLException {
    Map<TopicPartition, Span> spans = LivePositions.read(control, names());
    List<String> problems = LogCheck.problems(kafka, spans);
    if (!problems.isEmpty() && !options.partial()) {
      throw new RebuildRefusedException(
          "The topics no longer have all that the tables remember: %s Rows made of records that"
                  .formatted(String.join(" ", problems))
              + " are gone would be lost. With --partial they are given up.");
    }
    FreshSchema fresh = new FreshSchema(tables, place.freshName, place.fresh);
    try (Statement statement = control.createStatement()) {
      TableSwitch.dropOld(statement, place.old);
    }
    boolean resumed = fresh.prepare(control, options.restart());
    long total = spans.values().stream().mapToLong(span -> span.next() - span.first()).sum();
    listener.step("reading the topics" + (resumed ? ", going on with what was broken off" : ""));
    long records = read(place, spans, total);
    Dropped dropped = Dropped.read(control);
    leaveOut(place, dropped);
    listener.step("making keys and indexes");
    fresh.complete(control);
    List<TableComparison> comparison = new ArrayList<>();
    records += compare(control, place, dropped, comparison);
    if (options.compareOnly()) {
      fresh.drop(control);
      return new RebuildResult(comparison, records, false, resumed, null);
    }
    records += replace(control, place);
    fresh.drop(control);
    return new RebuildResult(comparison, records, true, resumed, cleanUp(control, place));
  }

  private static void requireAlone(Connection control, Place place) throws SQLException {
    try (Statement statement = control.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pg_try_advisory_lock(hashtext('profilemesh rebuild'),"
                    + " hashtext(current_schema()))")) {
      row.next();
      if (!row.getBoolean(1)) {
        throw new RebuildRefusedException(
            "Another rebuild of %s is under way.".formatted(place.live));
      }
    }
  }

  private static void requireVersion(SchemaSupport.Check check) {
    if (check.version() != SchemaSupport.VERSION || check.problem() != null) {
      throw new RebuildRefusedException(
          check.problem() == null
              ? "The tables are at version %d and this program rebuilds version %d."
                  .formatted(check.version(), SchemaSupport.VERSION)
              : check.problem());
    }
  }

  private long read(Place place, Map<TopicPartition, Span> spans, long total) {
    List<Map<TopicPartition, Long>> shares = shares(spans);
    ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, shares.size()));
    try {
      List<Future<Long>> readers = new ArrayList<>();
      for (Map<TopicPartition, Long> share : shares) {
        readers.add(
            threads.submit(
                new LogReader(
                    kafka,
                    topics,
                    tables,
                    place.freshName,
                    share,
                    passed -> listener.progress(done.addAndGet(passed), total))));
      }
      long passed = 0;
      for (Future<Long> reader : readers) {
        passed += reader.get();
      }
      return passed;
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RebuildRefusedException("The rebuild was interrupted. Run it again, it goes on.");
    } finally {
      threads.shutdownNow();
    }
  }

  private static RuntimeException failure(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException known) {
      return known;
    }
    String state = cause instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
    return new RebuildRefusedException(
        "The rebuild was broken off (%s %s). Run it again, it goes on."
            .formatted(cause == null ? "" : firstLine(cause), state),
        cause == null ? new IllegalStateException() : cause);
  }

  /** Partitions by reader; those of one topic are spread, since one topic has most of the bytes. */
  private static List<Map<TopicPartition, Long>> shares(Map<TopicPartition, Span> spans) {
    int readers = Math.min(MOST_READERS, Math.max(2, Runtime.getRuntime().availableProcessors()));
    List<TopicPartition> sorted =
        spans.keySet().stream()
            .sorted(
                Comparator.comparing(TopicPartition::topic)
                    .thenComparingInt(TopicPartition::partition))
            .toList();
    List<Map<TopicPartition, Long>> shares = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      if (shares.size() < readers) {
        shares.add(new HashMap<>());
      }
      Span span = spans.get(sorted.get(i));
      shares.get(i % readers).put(sorted.get(i), span == null ? 0 : span.next());
    }
    return shares;
  }

  /** What retention has dropped is not made again. */
  private void leaveOut(Place place, Dropped dropped) throws SQLException {
    if (dropped.isEmpty()) {
      return;
    }
    listener.step("leaving out what retention has dropped: " + dropped);
    try (Connection fresh = tables.connect(place.freshName)) {
      fresh.setAutoCommit(false);
      dropped.from(fresh);
      fresh.commit();
    }
  }

  /** Compares both at the same positions, in a snapshot of the tables in use. */
  private long compare(
      Connection control, Place place, Dropped dropped, List<TableComparison> comparison)
      throws SQLException {
    control.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    control.setAutoCommit(false);
    ExecutorService beside = Executors.newSingleThreadExecutor();
    try (Connection fresh = tables.connect(place.freshName)) {
      long records = read(place, LivePositions.read(control, names()), 0);
      listener.step("comparing");
      for (String table : DerivedTables.ALL) {
        String kept = dropped.condition(table);
        Future<TableHash> rebuilt =
            beside.submit(() -> TableHash.of(fresh, place.fresh + '.' + table, kept));
        TableHash before = TableHash.of(control, place.live + '.' + table, kept);
        TableHash after = rebuilt.get();
        comparison.add(
            new TableComparison(table, before.rows(), after.rows(), before.hash(), after.hash()));
      }
      return records;
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RebuildRefusedException("The rebuild was interrupted. Run it again, it goes on.");
    } finally {
      beside.shutdown();
      control.rollback();
      control.setAutoCommit(true);
      control.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }
  }

  /** Reads what came meanwhile while the sinks wait, then switches; tries again behind readers. */
  private long replace(Connection control, Place place) throws SQLException {
    listener.step("switching");
    long records = 0;
    for (int tries = 1; ; tries++) {
      records += read(place, LivePositions.read(control, names()), 0);
      control.setAutoCommit(false);
      try {
        TableSwitch change = new TableSwitch(control, place.live, place.fresh, place.old);
        requireNoOutsiders(change);
        lockPositions(control);
        records += read(place, LivePositions.read(control, names()), 0);
        change.perform();
        rememberBeginnings(control, place);
        control.commit();
        return records;
      } catch (SQLException e) {
        control.rollback();
        if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || tries == SWITCH_TRIES) {
          throw e;
        }
        listener.step("switching again: somebody reads the tables");
      } catch (RuntimeException e) {
        control.rollback();
        throw e;
      } finally {
        control.setAutoCommit(true);
      }
    }
  }

  private static void requireNoOutsiders(TableSwitch change) throws SQLException {
    List<String> outsiders = change.outsiders();
    if (!outsiders.isEmpty()) {
      throw new RebuildRefusedException(
          "These refer to tables that would be replaced: %s. Drop the constraints, and make them"
                  .formatted(String.join(", ", outsiders))
              + " again afterwards.");
    }
  }

  /** Sinks wait here before they touch anything else, so nobody waits for them. */
  private static void lockPositions(Connection control) throws SQLException {
    try (Statement statement = control.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = '30s'");
      statement.execute("LOCK TABLE profilemesh_sink_progress IN EXCLUSIVE MODE");
    }
  }

  private static void rememberBeginnings(Connection control, Place place) throws SQLException {
    try (Statement statement = control.createStatement()) {
      statement.execute(
          "UPDATE profilemesh_sink_progress p SET first_offset = f.first_offset FROM "
              + place.fresh
              + ".profilemesh_sink_progress f"
              + " WHERE f.topic = p.topic AND f.partition = p.partition");
    }
  }

  private static @Nullable String cleanUp(Connection control, Place place) throws SQLException {
    try (Statement statement = control.createStatement()) {
      TableSwitch.dropOld(statement, place.old);
      return null;
    } catch (SQLException e) {
      if (!DEPENDENTS.equals(e.getSQLState())) {
        throw e;
      }
      return "The replaced tables are left in the schema %s, because something of yours depends on"
              .formatted(place.old)
          + " them: make it anew on the new tables, then drop that schema.";
    }
  }

  private List<String> names() {
    return topics.stream().<String>map(StoredTopic::name).toList();
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** Names of the three schemas, quoted where needed, and of the fresh one as it is. */
  private record Place(String live, String fresh, String old, String freshName) {

    static Place of(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT quote_ident(s), quote_ident(s || '_rebuild'), quote_ident(s ||"
                      + " '_replaced'), s || '_rebuild' FROM current_schema() s")) {
        row.next();
        return new Place(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
      }
    }
  }
}
