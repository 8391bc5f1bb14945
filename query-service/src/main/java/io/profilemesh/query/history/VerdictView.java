package io.profilemesh.query.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How a run was judged. */
@Schema(description = "How a completed run was judged.")
public record VerdictView(
    UUID runId,
    String datasetId,
    String source,
    String schema,
    String table,
    @Nullable String slice,
    String environment,
    String requestId,
    @Nullable String requester,
    @Nullable String owner,
    List<String> tags,
    Instant profiledAt,
    String outcome,
    String strategy,
    List<String> baselineRunIds,
    long policyVersion,
    int lowFindings,
    int mediumFindings,
    int highFindings,
    List<String> findingIds,
    @Schema(description = "Drift events written with the verdict: what people are told.")
        List<String> eventIds,
    int openIncidents,
    @Schema(type = SchemaType.ARRAY, implementation = Object.class) @Nullable JsonNode notEvaluated,
    @Schema(type = SchemaType.ARRAY, implementation = Object.class) @Nullable JsonNode judgements) {

  public VerdictView {
    tags = List.copyOf(tags);
    baselineRunIds = List.copyOf(baselineRunIds);
    findingIds = List.copyOf(findingIds);
    eventIds = List.copyOf(eventIds);
  }
}
