package io.profilemesh.drift;

import io.profilemesh.drift.processor.ApplyCommand;
import io.profilemesh.drift.processor.AssembleRun;
import io.profilemesh.drift.processor.AwaitRuns;
import io.profilemesh.drift.processor.DecodeCommand;
import io.profilemesh.drift.processor.DecodePart;
import io.profilemesh.drift.processor.EvaluateRun;
import io.profilemesh.drift.processor.PipelinePauses;
import io.profilemesh.drift.processor.PolicyTable;
import io.profilemesh.drift.processor.Step;
import io.profilemesh.drift.processor.TakePolicy;
import io.profilemesh.drift.store.Stores;
import io.profilemesh.schema.DriftPolicy;
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
import org.apache.kafka.streams.kstream.Materialized;
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
 * drift-commands → decode-command → apply-command → incidents, drift-events, dead-letters
 * expectations → await-runs (by the clock) → incidents, drift-events, dead-letters
 * drift-policies → take-policy → drift-policies-in-force → policies (global) ⇢ evaluate-run
 * schedule-commands → pauses (global) ⇢ await-runs
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
        source(builder, topics.tableProfiles(), "read-profiles")
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
                () -> new EvaluateRun(parts.drift(), parts.policies(), parts.patience()),
                Named.as("evaluate-run"),
                Stores.DATASETS,
                Stores.COLUMNS,
                Stores.INCIDENTS,
                Stores.ORDERS,
                Stores.AWAITED);

    KStream<byte[], Step> told =
        evaluated
            .merge(commanded(builder), Named.as("judged-and-commanded"))
            .merge(awaited(builder), Named.as("told"));
    write(only(told, Step.Event.class, Step.Event::event, "events"), topics.driftEvents());
    write(
        only(evaluated, Step.Verdict.class, Step.Verdict::verdict, "verdicts"),
        topics.runVerdicts());
    write(told.flatMapValues(DriftTopology::standing, Named.as("standings")), topics.incidents());

    KStream<byte[], Step> refused =
        decoded.merge(assembled, Named.as("refused-parts")).merge(told, Named.as("refused-runs"));
    write(
        only(refused, Step.Refused.class, Step.Refused::letter, "refusals"), topics.deadLetters());
    // Last, so that the tasks with state keep their numbers.
    policies(builder);
    pauses(builder);
  }

  /** Runs that did not come. */
  private KStream<byte[], Step> awaited(StreamsBuilder builder) {
    return source(builder, topics.expectations(), "read-expectations")
        .process(
            () ->
                new AwaitRuns(
                    parts.drift(),
                    parts.expectations(),
                    parts.policies(),
                    parts.pauses(),
                    parts.patience()),
            Named.as("await-runs"),
            Stores.INCIDENTS,
            Stores.ORDERS,
            Stores.AWAITED);
  }

  /** What comes of the commands of people, refused ones included. */
  private KStream<byte[], Step> commanded(StreamsBuilder builder) {
    KStream<byte[], Step> decoded =
        source(builder, topics.driftCommands(), "read-commands")
            .process(
                () -> new DecodeCommand(parts.drift(), parts.commands(), parts.patience()),
                Named.as("decode-command"));
    KStream<byte[], Step> applied =
        only(decoded, Step.Command.class, Function.identity(), "good-commands")
            .process(
                () -> new ApplyCommand(parts.drift(), parts.policies(), parts.patience()),
                Named.as("apply-command"),
                Stores.DATASETS,
                Stores.COLUMNS,
                Stores.INCIDENTS,
                Stores.ORDERS);
    return decoded
        .filter((key, step) -> step instanceof Step.Refused, Named.as("refused-commands"))
        .merge(applied, Named.as("commanded"));
  }

  /** Valid policies go through a topic of their own into a table that every instance has whole. */
  private void policies(StreamsBuilder builder) {
    KStream<byte[], Step> taken =
        source(builder, topics.driftPolicies(), "read-policies")
            .process(
                () -> new TakePolicy(parts.drift(), parts.policies(), parts.patience()),
                Named.as("take-policy"));
    write(
        taken.flatMapValues(DriftTopology::inForce, Named.as("policies-in-force")),
        topics.policiesInForce());
    write(
        only(taken, Step.Refused.class, Step.Refused::letter, "refused-policies"),
        topics.deadLetters(),
        "write-dead-letters-of-policies");
    builder.globalTable(
        topics.policiesInForce().name(),
        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("read-policies-in-force"),
        Materialized.as(
            org.apache.kafka.streams.state.Stores.inMemoryKeyValueStore(PolicyTable.STORE)));
  }

  /** The last word on each pipeline, which every instance has whole. */
  private void pauses(StreamsBuilder builder) {
    builder.globalTable(
        topics.scheduleCommands().name(),
        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("read-pauses"),
        Materialized.as(
            org.apache.kafka.streams.state.Stores.inMemoryKeyValueStore(PipelinePauses.STORE)));
  }

  private static KStream<byte[], byte[]> source(StreamsBuilder builder, Topic topic, String name) {
    return builder.stream(
        topic.name(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(name));
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

  /** A policy in force, or nothing in the place of one that was removed. */
  private static List<@Nullable DriftPolicy> inForce(Step step) {
    return step instanceof Step.InForce taken
        ? Collections.singletonList(taken.policy())
        : List.of();
  }

  private <R extends SpecificRecord> void write(KStream<byte[], R> records, Topic topic) {
    write(records, topic, "write-" + topic.name().substring(topics.prefix().length()));
  }

  private <R extends SpecificRecord> void write(
      KStream<byte[], R> records, Topic topic, String name) {
    records.to(
        topic.name(), Produced.<byte[], R>with(Serdes.ByteArray(), parts.serde()).withName(name));
  }
}
