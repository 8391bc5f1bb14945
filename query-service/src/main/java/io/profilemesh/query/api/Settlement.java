package io.profilemesh.query.api;

import io.profilemesh.query.command.TopicWriter;
import io.profilemesh.query.history.Policies;
import io.profilemesh.query.history.Reader;
import io.profilemesh.schema.DriftCommand;
import io.profilemesh.schema.RecordRules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits a moment for what was written to a topic to show in the tables. */
@ApplicationScoped
public class Settlement {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long BETWEEN_LOOKS_MILLIS = 50;

  private final Reader reader;

  @Inject
  Settlement(Reader reader) {
    this.reader = reader;
  }

  /**
   * Where a record went.
   *
   * @throws ProblemException when it could not be written
   */
  static TopicWriter.Written require(Optional<TopicWriter.Written> written) {
    return written.orElseThrow(
        () ->
            new ProblemException(
                ProblemCode.BROKER_UNAVAILABLE,
                "The order could not be written to its topic: try again in some seconds.",
                null));
  }

  /**
   * Lets only those orders pass that their readers take.
   *
   * @param field parameter that is to blame for whatever is wrong
   * @throws ProblemException when the order is not as its readers take it
   */
  static void requireValid(DriftCommand command, String field) {
    RecordRules.check(command)
        .ifPresent(
            refusal -> {
              throw ProblemException.invalid(field, refusal.message());
            });
  }

  /** Whether the record's rows are stored within two seconds. */
  boolean isStored(TopicWriter.Written at) {
    return holds(() -> reader.answer(Policies.isStored(at.topic(), at.partition(), at.offset())));
  }

  /** Whether something comes true within two seconds. */
  boolean holds(BooleanSupplier condition) {
    return seen(condition::getAsBoolean, holds -> holds);
  }

  /** What is seen as soon as it is enough, or after two seconds. */
  <T> T seen(Supplier<T> look, Predicate<T> enough) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      T seen = look.get();
      if (enough.test(seen) || System.nanoTime() - end >= 0) {
        return seen;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return seen;
      }
    }
  }
}
