package io.profilemesh.stack.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HealthReportTest {

  @Test
  void shouldNameWhatIsDownWithItsData() {
    // given
    String body =
        """
        {"status":"DOWN","checks":[
          {"name":"Kafka","status":"UP"},
          {"name":"metadata database","status":"DOWN","data":{"schema version":"none"}}]}
        """;

    // when, then
    assertThat(HealthReport.describe(body))
        .isEqualTo("metadata database is down {\"schema version\":\"none\"}");
  }

  @Test
  void shouldGiveTheTextWhenItIsNoHealthAnswer() {
    assertThat(HealthReport.describe("Bad gateway")).isEqualTo("Bad gateway");
    assertThat(HealthReport.describe("{}")).isEqualTo("{}");
  }
}
