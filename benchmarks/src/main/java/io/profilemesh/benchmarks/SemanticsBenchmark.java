package io.profilemesh.benchmarks;

import io.profilemesh.core.profile.SemanticCorpus;
import java.util.LinkedHashMap;
import java.util.Map;

/** Precision and recall of the inferred meanings on columns whose meaning is known. */
final class SemanticsBenchmark {

  private SemanticsBenchmark() {}

  static Map<String, Object> run() {
    SemanticCorpus.Result result = SemanticCorpus.measure();
    System.out.printf("%-14s %9s %9s %9s%n", "type", "columns", "precision", "recall");
    Map<String, Object> types = new LinkedHashMap<>();
    result
        .types()
        .forEach(
            (type, score) -> {
              System.out.printf(
                  "%-14s %9d %9.3f %9.3f%n",
                  type, score.known(), score.precision(), score.recall());
              types.put(type, figures(score));
            });
    result.mistakes().forEach(System.out::println);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("benchmark", "semantics");
    figures.put("columns", SemanticCorpus.columns().size());
    figures.putAll(figures(result.overall()));
    figures.put("types", types);
    return figures;
  }

  private static Map<String, Object> figures(SemanticCorpus.Score score) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("precision", Figures.rounded(score.precision()));
    figures.put("recall", Figures.rounded(score.recall()));
    return figures;
  }
}
