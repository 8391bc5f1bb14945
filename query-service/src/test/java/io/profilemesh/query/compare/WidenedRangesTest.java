package io.profilemesh.query.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class WidenedRangesTest {

  private static final String NARROW =
      """
      [{"column":null,"metrics":[{"metric":"row_count","lower":90.0,"upper":110.0,"current":95.0}]},
       {"column":"email","metrics":[{"metric":"null_percent","lower":0.0,"upper":5.0,"current":2.0}]}]
      """;

  @Test
  void shouldShowRangesThatFeedbackMadeWider() throws JsonProcessingException {
    // given
    String told =
        """
        [{"column":null,"metrics":[{"metric":"row_count","lower":90.0,"upper":110.0,"current":95.0}]},
         {"column":"email","metrics":[{"metric":"null_percent","lower":0.0,"upper":26.0,"current":2.0}]}]
        """;

    // when
    JsonNode shown = WidenedRanges.in(json(NARROW), json(told));

    // then
    assertThat(shown.at("/1/metrics/0/upper").asDouble()).isEqualTo(26);
    assertThat(shown.at("/1/metrics/0/widened").asBoolean()).isTrue();
    assertThat(shown.at("/0")).isEqualTo(json(NARROW).at("/0"));
  }

  @Test
  void shouldLeaveRangesWhenTheVerdictHasNoneThatAreWider() throws JsonProcessingException {
    // given: narrower, of another column, and none
    String told =
        """
        [{"column":"email","metrics":[{"metric":"null_percent","lower":1.0,"upper":4.0}]},
         {"column":"name","metrics":[{"metric":"null_percent","lower":-1.0,"upper":99.0}]}]
        """;

    // when / then
    assertThat(WidenedRanges.in(json(NARROW), json(told))).isEqualTo(json(NARROW));
    assertThat(WidenedRanges.in(json(NARROW), null)).isEqualTo(json(NARROW));
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text);
  }
}
