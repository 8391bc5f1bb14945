package io.profilemesh.profiler.capture;

import io.profilemesh.configuration.CaptureConfig;
import io.profilemesh.configuration.CaptureConfig.Mode;
import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.SourceName;
import io.profilemesh.configuration.SourceType;
import io.profilemesh.profiler.publish.TransactionalWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** The sources whose configuration says capture. */
final class ConfiguredSources implements CapturedSources, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(ConfiguredSources.class);

  /** A request that is not answered and ended by then is given up. */
  private static final Duration LONGEST_REQUEST = Duration.ofHours(2);

  private final CaptureParts parts;
  private final CaptureMembership membership;
  private final CaptureRecords records;
  private final CaptureMetrics metrics;
  private final RequestsUnderWay underWay;
  private final ExecutorService asking =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "capture-catalogue");
            thread.setDaemon(true);
            return thread;
          });

  ConfiguredSources(CaptureParts parts, CaptureMembership membership) {
    this.parts = parts;
    this.membership = membership;
    this.records =
        new CaptureRecords(parts.records(), parts.stateTopic(), parts.environment(), parts.clock());
    this.metrics = new CaptureMetrics(parts.meters());
    this.underWay =
        new RequestsUnderWay(
            parts.ledger()::hasEnded,
            parts.ledger()::hasFailed,
            parts.ledger()::isDeclined,
            parts.ledger()::isRefused,
            LONGEST_REQUEST);
  }

  @Override
  public Share claim(TopicPartition partition, int partitions) {
    Map<SourceName, TransactionalWriter> writers = new LinkedHashMap<>();
    for (SourceName source : parts.configuration().captures().keySet()) {
      if (partitionOf(source.value(), partitions) == partition.partition()) {
        TransactionalWriter writer = parts.writers().apply(source.value());
        writers.put(source, writer);
        try {
          writer.open();
        } catch (KafkaException e) {
          LOG.warnf("transactions of %s are not settled yet: %s", source, e.getMessage());
        }
      }
    }
    return new Claimed(partition, writers);
  }

  /** The same on every instance and after every restart. */
  static int partitionOf(String source, int partitions) {
    return Math.floorMod(source.hashCode(), partitions);
  }

  @Override
  public void close() {
    asking.shutdownNow();
  }

  private CapturedSource source(
      SourceName name, TransactionalWriter writer, TopicPartition partition, SourceBook book) {
    SourceConfig source = parts.configuration().source(name).orElseThrow();
    CaptureConfig config = parts.configuration().capture(name).orElseThrow();
    CaptureScope scope =
        new CaptureScope(
            source,
            config,
            table -> parts.configuration().changeRules(name, table.schema(), table.table()));
    return new CapturedSource(
        scope,
        book,
        new CaptureLog(writer, membership, partition),
        records,
        feeds(scope),
        new CatalogRows(parts.catalog(), name, asking, parts.clock()),
        underWay,
        metrics,
        parts.clock());
  }

  private OwnedSource removal(String name, TopicPartition partition, SourceBook book) {
    FeedFactory feeds =
        parts
            .configuration()
            .source(new SourceName(name))
            .filter(source -> source.type() == SourceType.POSTGRESQL)
            .map(this::withoutCapture)
            .orElse(null);
    return new CaptureRemoval(
        name,
        book,
        new CaptureLog(parts.writers().apply(name), membership, partition),
        records,
        feeds);
  }

  private FeedFactory withoutCapture(SourceConfig source) {
    return embedded(new CaptureScope(source, CaptureConfig.embedded(), table -> Optional.empty()));
  }

  private FeedFactory feeds(CaptureScope scope) {
    if (scope.config().mode() == Mode.TOPICS) {
      FeedFactory former = scope.source().type() == SourceType.POSTGRESQL ? embedded(scope) : null;
      return new TopicFeeds(scope, parts.catalog(), parts.readers(), parts.foreign(), former);
    }
    return embedded(scope);
  }

  private FeedFactory embedded(CaptureScope scope) {
    return switch (scope.source().type()) {
      case POSTGRESQL ->
          new PostgreSqlFeeds(
              scope, SlotNames.of(parts.mesh(), scope.name(), scope.server().database()));
      case MARIADB, MYSQL ->
          new BinlogFeeds(scope, parts.catalog(), parts.variables(), parts.mesh());
      case SQLITE, DUCKDB, FILES, SNOWFLAKE, BIGQUERY, REDSHIFT ->
          throw new IllegalArgumentException("capture of such a source is refused when read");
    };
  }

  private final class Claimed implements Share {

    private final TopicPartition partition;
    private final Map<SourceName, TransactionalWriter> writers;

    Claimed(TopicPartition partition, Map<SourceName, TransactionalWriter> writers) {
      this.partition = partition;
      this.writers = writers;
    }

    @Override
    public List<OwnedSource> open(Map<String, SourceBook> books) {
      List<OwnedSource> opened = new ArrayList<>();
      books.forEach(
          (name, book) -> {
            if (!book.isEmpty() && parts.configuration().capture(new SourceName(name)).isEmpty()) {
              opened.add(removal(name, partition, book));
            }
          });
      writers.forEach(
          (name, writer) ->
              opened.add(
                  source(
                      name,
                      writer,
                      partition,
                      books.getOrDefault(name.value(), new SourceBook()))));
      writers.clear();
      return opened;
    }

    @Override
    public void close() {
      writers.values().forEach(TransactionalWriter::close);
      writers.clear();
    }
  }
}
