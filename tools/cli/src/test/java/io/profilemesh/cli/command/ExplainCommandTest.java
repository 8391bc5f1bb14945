package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.command.Terminal.Result;
import org.junit.jupiter.api.Test;

class ExplainCommandTest {

  private static final String EVENT = "0123456789abcdef0123456789abcdef";
  private static final String RUN = "0b54c0a3-6a59-5d0f-9a7e-2a1f0c6f4d11";

  private final Terminal terminal = new Terminal();

  @Test
  void shouldTellAnEventWithItsEvidence() {
    // given
    terminal.mesh.answer("/drift-events/" + EVENT, event());

    // when
    Result result = terminal.run("explain", EVENT);

    // then
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .startsWith("high  email of orders: 60 % of values are missing.")
        .contains("null_percent of column email (completeness, found by learned_bounds)")
        .contains("12 runs, the newest r1 (auto)")
        .contains("before      2\n")
        .contains("now         60\n")
        .contains("58, 2,900 %")
        .contains("0.58, between 0.5 and 0.66 at 95 % confidence")
        .contains("less than one in a million")
        .contains("low 0.05, policies of version 7")
        .contains("also moved  blank_percent 12 -> 40")
        .contains("profilemesh incident feedback i1 expected")
        .contains("profilemesh compare " + RUN);
  }

  @Test
  void shouldAnswerAsJsonAndCsv() {
    terminal.mesh.answer("/drift-events/" + EVENT, event());

    assertThat(Fakes.json(terminal.run("explain", EVENT, "--format", "json").out()))
        .isEqualTo(Fakes.json(event()));
    assertThat(terminal.run("explain", EVENT, "--format", "csv").out())
        .contains("null_percent")
        .hasLineCount(2);
  }

  @Test
  void shouldShowABaselineAndForgetATable() {
    // given
    String table = "/tables/shop%2Fpublic%2Forders";
    terminal.environment.put("USER", "ada");
    terminal.mesh.answer(table + "/baseline", "{\"pinnedRunId\":null,\"strategy\":\"auto\"}");
    terminal.mesh.answer("DELETE " + table + "/memory", "{\"status\":204}");

    // when
    Result shown = terminal.type("baseline show public.orders --format csv");
    Result forgotten = terminal.run("forget", "public.orders", "--reason", "rebuilt");

    // then
    assertThat(shown.out()).isEqualTo("field,value\r\nstrategy,auto\r\n");
    assertThat(forgotten.code()).as(forgotten.err()).isZero();
    assertThat(forgotten.err()).contains("shop/public/orders is forgotten.");
    assertThat(terminal.mesh.asked)
        .contains("DELETE " + table + "/memory?requester=cli%3Aada&reason=rebuilt");
  }

  private static String event() {
    return """
    {"eventId":"%s","severity":"high","message":"email of orders: 60 %% of values are missing.",
     "datasetId":"shop/public/orders","column":"email","metric":"null_percent",
     "kind":"completeness","detector":"learned_bounds","runId":"%s",
     "profiledAt":"2026-11-20T06:00:00Z","baselineValue":2.0,"currentValue":60.0,
     "changeAbsolute":58.0,"changePercent":2900.0,"policyVersion":7,
     "incidentId":"i1","incidentState":"opened",
     "metadata":{"strategy":"auto",
       "baselineRunIds":["r1","r2","r3","r4","r5","r6","r7","r8","r9","r10","r11","r12"],
       "effectSize":0.58,"effectLower":0.5,"effectUpper":0.66,"significance":1e-12,
       "detectorParameters":{"low":"0.05","also.blank_percent":"12 -> 40"}}}
    """
        .formatted(EVENT, RUN);
  }
}
