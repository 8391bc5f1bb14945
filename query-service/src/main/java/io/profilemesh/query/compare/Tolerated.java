package io.profilemesh.query.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.core.drift.Finding;
import io.profilemesh.judgement.mapping.VerdictMapping;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What people judged to be no fault, as a verdict names it: column and metric. */
final class Tolerated {

  private Tolerated() {}

  /** The columns and metrics that a verdict tolerates. */
  static Set<List<@Nullable String>> of(@Nullable JsonNode notEvaluated) {
    Set<List<@Nullable String>> keys = new HashSet<>();
    if (notEvaluated != null) {
      for (JsonNode one : notEvaluated) {
        if (one.path("code").asText().equals(VerdictMapping.TOLERATED)) {
          keys.add(key(text(one.path("column")), one.path("metric").asText()));
        }
      }
    }
    return keys;
  }

  static List<@Nullable String> key(Finding finding) {
    return key(finding.column() == null ? null : finding.column().value(), finding.metric());
  }

  static List<@Nullable String> key(@Nullable String column, String metric) {
    return Arrays.asList(column, metric);
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.asText() : null;
  }
}
