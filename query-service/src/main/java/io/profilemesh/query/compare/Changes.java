package io.profilemesh.query.compare;

import io.profilemesh.query.history.DriftEventView;
import io.profilemesh.schema.BaselineReference;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.sink.rows.Judged;
import java.util.Locale;
import java.util.UUID;

/** Findings in the form in which stored drift events are answered. */
final class Changes {

  private Changes() {}

  static DriftEventView view(DriftEvent event) {
    BaselineReference baseline = event.getBaseline();
    return new DriftEventView(
        event.getEventId(),
        UUID.fromString(event.getRunId()),
        event.getDatasetId(),
        event.getSource(),
        event.getSchemaName(),
        event.getTableName(),
        event.getSliceName(),
        event.getEnvironment(),
        event.getColumn(),
        event.getMetric(),
        event.getKind().name().toLowerCase(Locale.ROOT),
        event.getSeverity().name().toLowerCase(Locale.ROOT),
        event.getDetector(),
        baseline == null ? null : baseline.getValue(),
        baseline == null ? null : baseline.getText(),
        event.getCurrentValue(),
        event.getCurrentText(),
        event.getChangeAbsolute(),
        event.getChangePercent(),
        event.getMessage(),
        event.getProfiledAt(),
        null,
        null,
        event.getRequestId(),
        event.getRequester(),
        event.getOwner(),
        event.getTags(),
        event.getPolicyVersion(),
        Judged.evidence(event));
  }
}
