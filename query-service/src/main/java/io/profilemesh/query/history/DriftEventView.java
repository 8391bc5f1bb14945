package io.profilemesh.query.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A published finding. */
@Schema(description = "A published finding.")
public record DriftEventView(
    String eventId,
    @Nullable UUID runId,
    String datasetId,
    String source,
    String schema,
    String table,
    @Nullable String slice,
    String environment,
    @Nullable String column,
    @Nullable String metric,
    String kind,
    String severity,
    @Nullable String detector,
    @Nullable Double baselineValue,
    @Nullable String baselineText,
    @Nullable Double currentValue,
    @Nullable String currentText,
    @Nullable Double changeAbsolute,
    @Nullable Double changePercent,
    @Nullable String message,
    Instant profiledAt,
    @Nullable String incidentId,
    @Nullable String incidentState,
    String requestId,
    @Nullable String requester,
    @Nullable String owner,
    List<String> tags,
    @Nullable Long policyVersion,
    @Schema(implementation = Object.class, type = SchemaType.OBJECT, nullable = true)
        @Nullable JsonNode metadata) {

  public DriftEventView {
    tags = List.copyOf(tags);
  }
}
