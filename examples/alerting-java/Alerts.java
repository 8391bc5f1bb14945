import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.IncidentState;
import io.profilemesh.schema.Severity;
import io.profilemesh.schema.serde.AvroDeserializer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Tells people of drift: subscribes to the drift events of a mesh, leaves out what it has told
 * already, and prints one line per incident that opens, changes or ends. Replace {@link #tell} with
 * a call to your pager or chat.
 *
 * <pre>
 * java -cp 'query-service/target/quarkus-app/lib/main/*' examples/alerting-java/Alerts.java \
 *     localhost:9092 http://localhost:8081 profilemesh.drift-events my-alerts [low|medium|high]
 * </pre>
 *
 * <p>Positions are committed after a line was printed: after a crash a line may come twice, none is
 * lost. Ends cleanly on SIGTERM and Ctrl-C, with exit code 0.
 */
public final class Alerts {

  private static final int REMEMBERED = 10_000;
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long SECONDS_TO_END = 10;

  private final KafkaConsumer<String, DriftEvent> consumer;
  private final Severity least;
  private final Map<String, Boolean> told =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  private Alerts(KafkaConsumer<String, DriftEvent> consumer, Severity least) {
    this.consumer = consumer;
    this.least = least;
  }

  public static void main(String[] arguments) {
    if (arguments.length < 4) {
      System.err.println("Usage: Alerts BROKERS REGISTRY TOPIC GROUP [low|medium|high]");
      System.exit(2);
    }
    AvroDeserializer<DriftEvent> values = new AvroDeserializer<>();
    values.configure(Map.of("schema.registry.url", arguments[1]), false);
    KafkaConsumer<String, DriftEvent> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", arguments[0],
                "group.id", arguments[3],
                // Events are written in transactions; those of an aborted one never happened.
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest",
                "enable.auto.commit", false),
            new StringDeserializer(),
            values);
    Severity least =
        arguments.length > 4 ? Severity.valueOf(arguments[4].toUpperCase()) : Severity.LOW;
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(consumer, ended)));
    try (consumer) {
      consumer.subscribe(List.of(arguments[2]));
      new Alerts(consumer, least).run();
    } catch (WakeupException e) {
      // It is time to end.
    } finally {
      ended.countDown();
    }
  }

  /** Wakes the consumer, waits until it has left its group, and ends with exit code 0. */
  private static void end(KafkaConsumer<String, DriftEvent> consumer, CountDownLatch ended) {
    consumer.wakeup();
    try {
      if (ended.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
        System.out.flush();
        Runtime.getRuntime().halt(0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (true) {
      for (ConsumerRecord<String, DriftEvent> record : consumer.poll(POLL)) {
        take(record.value());
      }
      consumer.commitSync();
    }
  }

  private void take(DriftEvent event) {
    boolean grave = event.getSeverity().compareTo(least) >= 0;
    if (grave && told.put(event.getEventId(), true) == null) {
      tell(event);
    }
  }

  private static void tell(DriftEvent event) {
    IncidentState state = event.getIncidentState();
    System.out.printf(
        "%s %s %s - %s [incident %s, owner %s]%n",
        event.getSeverity(),
        state == null ? "FOUND" : state,
        event.getDatasetId(),
        event.getMessage(),
        event.getIncidentId(),
        event.getOwner() == null ? "nobody" : event.getOwner());
    System.out.flush();
  }
}
