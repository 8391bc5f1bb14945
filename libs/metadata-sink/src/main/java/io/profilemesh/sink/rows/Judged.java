package io.profilemesh.sink.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.RunVerdict;

/** Parts of judgements as the tables keep them, for answers that no table has. */
public final class Judged {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Judged() {}

  /** What was not judged. */
  public static JsonNode notEvaluated(RunVerdict verdict) {
    return tree(Json.notEvaluated(verdict.getNotEvaluated()));
  }

  /** What was judged, column by column. */
  public static JsonNode judgements(RunVerdict verdict) {
    return tree(Json.judgements(verdict.getJudgements()));
  }

  /** The evidence of a finding. */
  public static JsonNode evidence(DriftEvent event) {
    return tree(DriftEventRows.metadata(event));
  }

  private static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("our own JSON can be read", e);
    }
  }
}
