package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.command.Terminal.Result;
import io.profilemesh.cli.rest.RestProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareCommandTest {

  private static final String BEFORE = "0b54c0a3-6a59-5d0f-9a7e-2a1f0c6f4d11";
  private static final String NOW = "1c65d1b4-7b60-5e10-8b8f-3b201d705e22";

  private final Terminal terminal = new Terminal();

  @Test
  void shouldReportBothRunsTheTotalsAndEachChange() {
    // given
    terminal.mesh.answer("/compare", comparison("drift", 1, 0, 1));

    // when
    Result result = terminal.run("drift", "public.orders");

    // then
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(terminal.mesh.asked).containsExactly("/compare?dataset=shop%2Fpublic%2Forders");
    assertThat(result.out())
        .contains("dataset   shop/public/orders")
        .contains("baseline  2026-11-19 06:00:00  " + BEFORE + "  1,000 rows")
        .contains("the newest of 2 runs since 2026-11-18 06:00:00")
        .contains("current   2026-11-20 06:00:00  " + NOW + "  2,004 rows")
        .contains("verdict   drift, strategy auto, policies of version 7")
        .contains("changes   2: 1 of the schema, 1 high, 0 medium, 1 low")
        .contains("orders: 2,004 rows, 1,000 in the run before")
        .contains("1,000")
        .contains("bigint");
  }

  @Test
  void shouldPassOnWhatIsComparedWithWhat() {
    // given
    terminal.mesh.answer("/compare", comparison("no_drift", 0, 0, 0));

    // when
    terminal.run("drift", "public.orders", "--baseline", BEFORE, "--current", NOW);
    terminal.run("compare", BEFORE, NOW, "--table", "orders", "--policy-version", "3");
    terminal.run("compare", NOW, "--runs", "14");
    Result last =
        terminal.run(
            "compare",
            NOW,
            "--baseline-from",
            "2026-10-01",
            "--baseline-to",
            "2026-11-01",
            "--dataset",
            "shop.public.orders");

    // then
    assertThat(last.code()).as(last.err()).isZero();
    assertThat(terminal.mesh.asked)
        .containsExactly(
            "/compare?dataset=shop%2Fpublic%2Forders&baseline=" + BEFORE + "&current=" + NOW,
            "/compare?baseline=" + BEFORE + "&current=" + NOW + "&table=orders&policyVersion=3",
            "/compare?current=" + NOW + "&runs=14",
            "/compare?current="
                + NOW
                + "&dataset=shop%2Fpublic%2Forders&baselineFrom=2026-10-01T00%3A00%3A00Z"
                + "&baselineTo=2026-11-01T00%3A00%3A00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "drift, 1, 0, 0, high, 3",
    "drift, 0, 1, 0, high, 0",
    "drift, 0, 1, 0, medium, 3",
    "drift, 0, 0, 1, medium, 0",
    "drift, 0, 0, 1, low, 3",
    "no_drift, 0, 0, 0, low, 0",
    "not_evaluated, 0, 0, 0, low, 4"
  })
  void shouldEndAsTheDriftSays(
      String outcome, int high, int medium, int low, String severity, int code) {
    terminal.mesh.answer("/compare", comparison(outcome, high, medium, low));

    assertThat(terminal.run("drift", "public.orders", "--fail-on-drift", severity).code())
        .isEqualTo(code);
    assertThat(terminal.run("compare", BEFORE, NOW, "--fail-on-drift", severity).code())
        .isEqualTo(code);
    assertThat(terminal.run("drift", "public.orders").code()).isZero();
  }

  @Test
  void shouldWriteJsonAndCsv(@TempDir Path directory) throws IOException {
    // given
    terminal.mesh.answer("/compare", comparison("drift", 1, 0, 1));
    Path file = directory.resolve("drift.csv");

    // when
    Result json = terminal.run("compare", BEFORE, NOW, "--format", "json");
    terminal.run("drift", "public.orders", "--format", "csv", "-o", file.toString());

    // then
    assertThat(Fakes.json(json.out()).path("totals").path("high").asInt()).isEqualTo(1);
    assertThat(Files.readAllLines(file)).hasSize(3);
    assertThat(Files.readString(file)).contains("row_count").contains("1000");
  }

  @Test
  void shouldSayWhyNothingWasCompared() {
    terminal.mesh.answer("/compare", comparison("not_evaluated", 0, 0, 0));

    Result result = terminal.run("drift", "public.orders", "--fail-on-drift", "low");

    assertThat(result.out()).contains("baseline  none").contains("There is no earlier run");
  }

  @Test
  void shouldTellWhatTheServiceRefuses() {
    terminal.mesh.answers.put(
        "/compare",
        parameters -> {
          throw new RestProblem(404, "There is no such run of the dataset.");
        });

    Result result = terminal.run("compare", NOW);

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("There is no such run of the dataset.");
    assertThat(terminal.run("compare").code()).isEqualTo(2);
  }

  private static String comparison(String outcome, int high, int medium, int low) {
    boolean none = outcome.equals("not_evaluated");
    String changes =
        high + medium + low == 0
            ? ""
            : """
            {"severity":"high","column":null,"metric":"row_count","kind":"volume",
             "baselineValue":1000.0,"currentValue":2004.0,"changePercent":100.4,
             "message":"orders: 2,004 rows, 1,000 in the run before."},
            {"severity":"low","column":"id","metric":"data_type","kind":"schema",
             "baselineText":"integer","currentText":"bigint",
             "message":"id of orders: the type is bigint."}
            """;
    return """
    {"datasetId":"shop/public/orders",
     "current":{"runId":"%s","at":"2026-11-20T06:00:00Z","rowCount":2004},
     "baseline":%s,
     "baselineRunIds":["%s","x"],"baselineFrom":"2026-11-18T06:00:00Z",
     "strategy":"auto","policyVersion":7,"outcome":"%s",
     "totals":{"all":%d,"schema":%d,"low":%d,"medium":%d,"high":%d},
     "changes":[%s],
     "notEvaluated":[{"code":"FIRST_RUN","message":"There is no earlier run to compare with."}]}
    """
        .formatted(
            NOW,
            none
                ? "null"
                : "{\"runId\":\""
                    + BEFORE
                    + "\",\"at\":\"2026-11-19T06:00:00Z\",\"rowCount\":1000}",
            BEFORE,
            outcome,
            high + medium + low,
            low,
            low,
            medium,
            high,
            changes);
  }
}
