package io.profilemesh.schema;

import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** The key under which a record travels. */
public final class RecordKeys {

  private RecordKeys() {}

  /**
   * The key that a record's content asks for; empty where any key will do. A failed run that
   * matched no table is keyed by what was asked for, as its dataset id says.
   */
  public static Optional<String> of(SpecificRecord record) {
    if (record instanceof TableProfile one) {
      return Optional.of(one.getDatasetId());
    } else if (record instanceof RunEvent one) {
      return Optional.of(one.getDatasetId());
    } else if (record instanceof RunVerdict one) {
      return Optional.of(one.getDatasetId());
    } else if (record instanceof DriftEvent one) {
      return Optional.of(one.getDatasetId());
    } else if (record instanceof RunWork one) {
      return Optional.of(one.getDatasetId());
    } else if (record instanceof DriftCommand one) {
      return Optional.of(one.getDatasetId());
    } else if (record instanceof Expectation one) {
      return Optional.of(one.getDatasetId());
    } else if (record instanceof Incident one) {
      return Optional.of(one.getIncidentId());
    } else if (record instanceof DriftPolicy one) {
      return Optional.of(one.getPolicyId());
    } else if (record instanceof TableState one) {
      return Optional.of(one.getDatasetId());
    } else if (record instanceof Schedule one) {
      return Optional.of(one.getPipeline());
    } else if (record instanceof ScheduleCommand one) {
      return Optional.of(one.getPipeline());
    } else if (record instanceof RunCommand one) {
      return Optional.of(one.getRunId());
    }
    return Optional.empty();
  }
}
