package io.profilemesh.drift;

import io.profilemesh.drift.processor.AssembleRun;
import io.profilemesh.drift.processor.DecodePart;
import io.profilemesh.drift.processor.EvaluateRun;
import io.profilemesh.drift.processor.Step;
import io.profilemesh.drift.store.Stores;
import io.profilemesh.schema.Incident;
import io.profilemesh.schema.Topic;
import io.profilemesh.schema.Topics;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.jspecify.annotations.Nullable;

/**
 * The data flow, from top to bottom:
 *
 * <pre>
 * table-profiles → decode-part → assemble-run → evaluate-run → drift-events
 *                       ↓              ↓              ↓      → run-verdicts
 *                       │              │              │      → incidents
 *                       └──────────────┴──────────────┴──────→ dead-letters
 * </pre>
 *
 * <p>Keys stay the dataset ids they were, so that the order of a dataset holds; only incidents
 * leave under their own.
 */
public final class DriftTopology {

  private final Topics topics;
  private final DriftParts parts;

  private DriftTopology(Topics topics, DriftParts parts) {
    this.topics = topics;
    this.parts = parts;
  }

  /** The topology; {@code config} is the one it will run with. */
  public static Topology build(Topics topics, DriftParts parts, StreamsConfig config) {
    StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(config));
    Stores.builders().forEach(builder::addStateStore);
    new DriftTopology(topics, parts).flow(builder);
    return builder.build();
  }

  private void flow(StreamsBuilder builder) {
    KStream<byte[], Step> decoded =
        builder.stream(
                topics.tableProfiles().name(),
                Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("read-profiles"))
            .process(
                () -> new DecodePart(parts.drift(), parts.decoder(), parts.patience()),
                Named.as("decode-part"));

    KStream<byte[], Step> assembled =
        only(decoded, Step.Part.class, Function.identity(), "good-parts")
            .process(
                () -> new AssembleRun(parts.drift(), parts.decoder(), parts.patience()),
                Named.as("assemble-run"),
                Stores.DATASETS,
                Stores.INCOMPLETE,
                Stores.PARTS);

    KStream<byte[], Step> evaluated =
        only(assembled, Step.Run.class, Function.identity(), "complete-runs")
            .process(
                () -> new EvaluateRun(parts.drift(), parts.policies()),
                Named.as("evaluate-run"),
                Stores.DATASETS,
                Stores.COLUMNS,
                Stores.INCIDENTS);

    write(only(evaluated, Step.Event.class, Step.Event::event, "events"), topics.driftEvents());
    write(
        only(evaluated, Step.Verdict.class, Step.Verdict::verdict, "verdicts"),
        topics.runVerdicts());
    write(
        evaluated.flatMapValues(DriftTopology::standing, Named.as("standings")),
        topics.incidents());

    KStream<byte[], Step> refused =
        decoded
            .merge(assembled, Named.as("refused-parts"))
            .merge(evaluated, Named.as("refused-runs"));
    write(
        only(refused, Step.Refused.class, Step.Refused::letter, "refusals"), topics.deadLetters());
  }

  /** The steps of one kind, opened. */
  private static <S extends Step, V> KStream<byte[], V> only(
      KStream<byte[], Step> steps, Class<S> kind, Function<S, V> open, String name) {
    return steps.flatMapValues(
        step -> kind.isInstance(step) ? List.of(open.apply(kind.cast(step))) : List.of(),
        Named.as(name));
  }

  /** An incident as it stands, or nothing in its place. */
  private static List<@Nullable Incident> standing(Step step) {
    return step instanceof Step.Standing standing
        ? Collections.singletonList(standing.incident())
        : List.of();
  }

  private <R extends SpecificRecord> void write(KStream<byte[], R> records, Topic topic) {
    String name = topic.name().substring(topics.prefix().length());
    records.to(
        topic.name(),
        Produced.<byte[], R>with(Serdes.ByteArray(), parts.serde()).withName("write-" + name));
  }
}
