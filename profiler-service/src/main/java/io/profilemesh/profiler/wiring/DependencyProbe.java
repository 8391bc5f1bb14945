package io.profilemesh.profiler.wiring;

import io.profilemesh.schema.serde.SchemaRegistryClient;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/** Asks broker and registry for a sign of life, at most every few seconds. */
final class DependencyProbe {

  private static final int TIMEOUT_MS = 2_000;
  private static final Duration FRESH = Duration.ofSeconds(3);

  private State last = new State(false, false);
  private long nextAt;
  private boolean asked;

  /** Which dependencies answered. */
  record State(boolean broker, boolean registry) {}

  synchronized State state(Admin admin, SchemaRegistryClient registry) {
    long now = System.nanoTime();
    if (!asked || now - nextAt >= 0) {
      last = new State(answers(admin), answers(registry));
      // A failure is worth asking again at once: readiness comes back as soon as it can.
      nextAt = now + (last.broker() && last.registry() ? FRESH.toNanos() : 0);
      asked = true;
    }
    return last;
  }

  private static boolean answers(Admin admin) {
    try {
      admin
          .describeCluster(new DescribeClusterOptions().timeoutMs(TIMEOUT_MS))
          .nodes()
          .get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean answers(SchemaRegistryClient registry) {
    try {
      registry.subjects();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }
}
