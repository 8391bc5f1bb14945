package io.profilemesh.profiler.wiring;

import io.profilemesh.profiler.trigger.IntakeBatch;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordBatchMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The messaging channel of requests, both topics in one. */
@ApplicationScoped
public class RequestChannel {

  private final ProfilerLifecycle lifecycle;

  @Inject
  RequestChannel(ProfilerLifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  /** One batch at a time: the channel waits for the stage before it hands over the next. */
  @Incoming("requests")
  CompletionStage<Void> receive(KafkaRecordBatch<byte[], byte[]> batch) {
    IncomingKafkaRecordBatchMetadata<?, ?> metadata =
        batch
            .getMetadata(IncomingKafkaRecordBatchMetadata.class)
            .orElseThrow(() -> new IllegalStateException("the channel is not in batch mode"));
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (ConsumerRecord<?, ?> record : metadata.getRecords()) {
      records.add(bytes(record));
    }
    return lifecycle
        .runtime()
        .intake()
        .receive(new IntakeBatch(records, metadata.getConsumerGroupGenerationId()))
        .thenCompose(done -> batch.ack());
  }

  @SuppressWarnings("unchecked") // the channel's deserializers give bytes
  private static ConsumerRecord<byte[], byte[]> bytes(ConsumerRecord<?, ?> record) {
    return (ConsumerRecord<byte[], byte[]>) record;
  }

  /** Tells the intake under which membership it commits. */
  @ApplicationScoped
  @Identifier("requests")
  public static class Rebalances implements KafkaConsumerRebalanceListener {

    private final ProfilerLifecycle lifecycle;

    @Inject
    Rebalances(ProfilerLifecycle lifecycle) {
      this.lifecycle = lifecycle;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> added) {
      lifecycle.runtime().membership().joined(consumer.groupMetadata());
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> removed) {
      lifecycle.runtime().membership().left();
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> lost) {
      lifecycle.runtime().membership().left();
    }
  }
}
