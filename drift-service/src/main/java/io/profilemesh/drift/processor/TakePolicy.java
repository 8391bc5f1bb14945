package io.profilemesh.drift.processor;

import io.profilemesh.judgement.mapping.PolicyMapping;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RecordCoordinates;
import io.profilemesh.schema.Refusal;
import io.profilemesh.schema.serde.Decoded;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Takes valid policies over, each with its offset as version; an invalid one becomes a dead letter
 * and the last valid one stays. A removed policy leaves a marker that carries the version, so that
 * versions never fall.
 */
public final class TakePolicy extends ContextualProcessor<byte[], byte[], byte[], Step> {

  /** Key of the marker; no policy may be called so. */
  public static final String MARKER = "built-in";

  private final DriftContext drift;
  private final Intake<DriftPolicy> intake;

  public TakePolicy(
      DriftContext drift,
      Function<byte @Nullable [], Decoded<DriftPolicy>> decoder,
      RegistryPatience patience) {
    this.drift = drift;
    this.intake = new Intake<>(drift, decoder, patience, TakePolicy::objection);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (record.value() == null) {
      remove(record);
    } else {
      intake.read(context(), record, policy -> forward(record, record.key(), policy));
    }
  }

  private void remove(Record<byte[], byte[]> record) {
    String id = Intake.text(record.key());
    if (id == null || id.isEmpty()) {
      RecordCoordinates where = Intake.where(context(), record);
      context()
          .forward(
              drift.refusal(record, where, ReasonCode.MISSING_KEY, "The record has no key.", null));
      return;
    }
    if (!id.equals(MARKER)) {
      context()
          .forward(
              new Record<>(
                  record.key(), new Step.InForce(null), record.timestamp(), new RecordHeaders()));
    }
    forward(
        record,
        MARKER.getBytes(StandardCharsets.UTF_8),
        DriftPolicy.newBuilder().setPolicyId(MARKER).setEnabled(false).build());
  }

  private void forward(Record<byte[], byte[]> record, byte[] key, DriftPolicy policy) {
    long version = Intake.where(context(), record).offset();
    policy.setVersion(version);
    String id = policy.getPolicyId() + "/" + version;
    context()
        .forward(drift.outgoing(record, (Step) new Step.InForce(policy), policy, id).withKey(key));
  }

  private static Optional<Refusal> objection(DriftPolicy policy) {
    if (policy.getPolicyId().equals(MARKER)) {
      return Optional.of(
          new Refusal(ReasonCode.INVALID_RECORD, "policyId is the name of the built-in policies."));
    }
    try {
      PolicyMapping.read(policy);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(
          new Refusal(ReasonCode.INVALID_RECORD, "The policy is none: " + e.getMessage() + "."));
    }
  }
}
