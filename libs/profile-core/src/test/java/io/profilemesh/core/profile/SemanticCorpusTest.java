package io.profilemesh.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.SemanticCorpus.Result;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SemanticCorpusTest {

  @Test
  void shouldRecogniseMeaningsAndNotCryWolf() {
    // when
    Result result = SemanticCorpus.measure();

    // then
    String mistakes = String.join("\n", result.mistakes());
    assertThat(result.types().keySet())
        .containsAll(Arrays.stream(SemanticKind.values()).map(SemanticKind::wireName).toList());
    assertThat(result.overall().precision())
        .as("precision of:\n" + mistakes)
        .isGreaterThanOrEqualTo(0.98);
    assertThat(result.overall().recall())
        .as("recall of:\n" + mistakes)
        .isGreaterThanOrEqualTo(0.97);
    assertThat(result.types())
        .allSatisfy(
            (type, score) -> {
              assertThat(score.precision()).as(type + "\n" + mistakes).isGreaterThanOrEqualTo(0.9);
              assertThat(score.recall()).as(type + "\n" + mistakes).isGreaterThanOrEqualTo(0.9);
            });
  }
}
