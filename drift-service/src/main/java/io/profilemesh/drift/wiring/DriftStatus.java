package io.profilemesh.drift.wiring;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/** Where the service is between start and stop, for its health checks. Thread-safe. */
@Singleton
public class DriftStatus {

  private volatile String waitingFor = "start";
  private volatile KafkaStreams.State streams = KafkaStreams.State.CREATED;
  private volatile boolean registryLost;
  private volatile boolean ranOnce;

  /** Says what the start waits for. */
  void waitFor(String what) {
    waitingFor = what;
  }

  /** The streams were started. */
  void started() {
    waitingFor = "";
  }

  /** The streams changed their state; told by one thread at a time. */
  synchronized void streams(KafkaStreams.State state) {
    streams = state;
    ranOnce |= state == KafkaStreams.State.RUNNING;
  }

  void registryLost(boolean lost) {
    registryLost = lost;
  }

  KafkaStreams.State streams() {
    return streams;
  }

  /** Whether the streams have run since the start, restored state and all. */
  boolean hasStarted() {
    return ranOnce;
  }

  /** Whether work can go on by itself; if not, only a restart helps. */
  boolean isAlive() {
    KafkaStreams.State state = streams;
    return state != KafkaStreams.State.ERROR
        && state != KafkaStreams.State.PENDING_ERROR
        && state != KafkaStreams.State.NOT_RUNNING;
  }

  /** What keeps the service from working; empty when nothing does. */
  Optional<String> obstacle() {
    if (registryLost) {
      return Optional.of("waiting for the schema registry");
    }
    String missing = waitingFor;
    if (!missing.isEmpty()) {
      return Optional.of("waiting for " + missing);
    }
    KafkaStreams.State state = streams;
    return state == KafkaStreams.State.RUNNING
        ? Optional.empty()
        : Optional.of("the streams are " + state);
  }
}
