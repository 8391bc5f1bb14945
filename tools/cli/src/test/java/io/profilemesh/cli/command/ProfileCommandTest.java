package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.command.Terminal.Result;
import io.profilemesh.cli.run.ProfileOrder;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileCommandTest {

  private final Terminal terminal = new Terminal();

  @Test
  void shouldSendRequestAndReturnWhenNotTold() {
    Result result = terminal.type("profile public.orders --reason nightly");

    assertThat(result.code()).isZero();
    ProfileOrder order = terminal.mesh.ordered.get(0);
    assertThat(order.source()).isEqualTo("shop");
    assertThat(order.table().pattern()).isEqualTo("public.orders");
    assertThat(order.reason()).isEqualTo("nightly");
    assertThat(result.out()).contains(order.runId().toString());
    assertThat(result.err()).contains("query runs --run-id " + order.runId());
    assertThat(terminal.mesh.asked).isEmpty();
  }

  @Test
  void shouldPassOptionsOnWhenGiven() {
    terminal.run(
        "profile",
        "shop/public/orders",
        "--sample-fraction",
        "0.25",
        "--sample-seed",
        "7",
        "--exclude-column",
        "internal_*",
        "--request-id",
        "load-17");

    ProfileOrder order = terminal.mesh.ordered.get(0);
    assertThat(order.sampleFraction()).isEqualTo(0.25);
    assertThat(order.sampleSeed()).isEqualTo(7);
    assertThat(order.excludeColumns()).containsExactly("internal_*");
    assertThat(order.requestId()).isEqualTo("load-17");
  }

  @Test
  void shouldAskForThePeriodsOfATime() {
    Result result =
        terminal.type("profile shop/public/orders@daily --from 2026-01-01 --to 2026-02-01");
    terminal.type("profile shop/public/orders@daily --last 7");

    assertThat(result.code()).as(result.err()).isZero();
    ProfileOrder.Span span = terminal.mesh.ordered.get(0).span();
    assertThat(span).isNotNull();
    assertThat(span.from()).hasToString("2026-01-01T00:00:00Z");
    assertThat(span.to()).hasToString("2026-02-01T00:00:00Z");
    assertThat(terminal.mesh.ordered.get(0).isMany()).isTrue();
    assertThat(terminal.mesh.ordered.get(1).periods()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "profile shop/public/orders@daily --from 2026-01-01",
        "profile shop/public/orders@daily --to 2026-01-01",
        "profile shop/public/orders@daily --from 2026-02-01 --to 2026-01-01",
        "profile shop/public/orders@daily --from 2026-01-01 --to 2026-02-01 --last 7",
        "profile shop/public/orders --from 2026-01-01 --to 2026-02-01"
      })
  void shouldRefuseATimeThatSaysNoPeriods(String line) {
    Result result = terminal.type(line);

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("--from and --to");
    assertThat(terminal.mesh.ordered).isEmpty();
  }

  @Test
  void shouldSendOneRequestPerTableWhenSeveral() {
    terminal.type("profile public.orders public.customers");

    assertThat(terminal.mesh.ordered)
        .extracting(order -> order.table().pattern())
        .containsExactly("public.orders", "public.customers");
    assertThat(terminal.mesh.ordered).extracting(ProfileOrder::runId).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "completed, drift, 0, 1, 2, low, 3",
    "completed, drift, 0, 1, 2, medium, 3",
    "completed, drift, 0, 1, 2, high, 0",
    "completed, drift, 1, 0, 0, high, 3",
    "completed, no_drift, 0, 0, 0, low, 0",
    "completed, not_evaluated, 0, 0, 0, low, 4",
    "skipped, , 0, 0, 0, low, 4",
    "failed, , 0, 0, 0, high, 1",
    "cancelled, , 0, 0, 0, high, 1",
  })
  void shouldEndWithCodeOfVerdictWhenAskedToFail(
      String status, String outcome, int high, int medium, int low, String severity, int code) {
    run("shop/public/orders", status);
    verdict(outcome, high, medium, low);

    Result result =
        terminal.run("profile", "public.orders", "--fail-on-drift", severity, "--timeout", "20s");

    assertThat(result.code()).as(result.err()).isEqualTo(code);
  }

  @Test
  void shouldIgnoreDriftWhenOnlyWaiting() {
    run("shop/public/orders", "completed");
    verdict("drift", 3, 0, 0);

    Result result = terminal.type("profile public.orders --wait");

    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("shop/public/orders").contains("completed").contains("drift");
  }

  @Test
  void shouldSayWhyWhenRunFailed() {
    run("shop/public/orders", "failed");

    Result result = terminal.type("profile public.orders --wait");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("The table is gone.").contains("TABLE_VANISHED");
  }

  @Test
  void shouldGiveUpWithAdviceWhenTimeIsUp() {
    run("shop/public/orders", "running");

    Result result = terminal.type("profile public.orders --wait --timeout 1ms");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains("not done within")
        .contains("query runs --run-id")
        .contains("profilemesh cancel ");
    assertThat(result.out()).contains("running");
  }

  @Test
  void shouldPrintEveryRunAsJsonWhenAsked() {
    run("shop/public/orders", "completed");
    verdict("drift", 1, 0, 2);

    Result result = terminal.type("profile public.orders --wait --format json");

    var item = Fakes.json(result.out()).path("items").get(0);
    assertThat(item.path("datasetId").asText()).isEqualTo("shop/public/orders");
    assertThat(item.path("outcome").asText()).isEqualTo("drift");
    assertThat(item.path("high").asInt()).isEqualTo(1);
    assertThat(item.path("low").asInt()).isEqualTo(2);
    assertThat(result.err()).isEmpty();
  }

  @Test
  void shouldUseTheOnlySourceOfHistoryWhenMeshIsRemote() {
    terminal.mesh.answer("/runs", "{\"items\":[{\"source\":\"dwh\"},{\"source\":\"dwh\"}]}");

    terminal.run(
        "profile",
        "public.orders",
        "--server",
        "http://mesh.example:8090",
        "--bootstrap-servers",
        "kafka.example:9092",
        "--registry-url",
        "http://registry.example:8081");

    assertThat(terminal.mesh.ordered.get(0).source()).isEqualTo("dwh");
    assertThat(terminal.mesh.kafka.get(0).bootstrapServers()).isEqualTo("kafka.example:9092");
    assertThat(terminal.mesh.servers).containsOnly(URI.create("http://mesh.example:8090"));
  }

  @Test
  void shouldAskForSourceWhenThereAreSeveral() {
    terminal.mesh.sources = Set.of("shop", "dwh");

    Result result = terminal.type("profile public.orders");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("--source").contains("shop").contains("dwh");
    assertThat(terminal.mesh.ordered).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "profile",
        "profile public.",
        "profile a.b.c.d",
        "profile shop/orders",
        "profile public.orders --sample-fraction 0",
        "profile public.orders --sample-fraction 1.5",
        "profile public.orders --sample-fraction NaN",
        "profile public.orders --sample-seed 3",
        "profile public.orders public.customers --request-id one",
        "profile public.orders --fail-on-drift severe",
        "profile public.orders --timeout soon",
        "profile public.orders --timeout 0s",
        "profile public.orders --format yaml",
        "profile public.orders --server nonsense",
      })
  void shouldRefuseAndSendNothingWhenCommandLineIsWrong(String line) {
    Result result = terminal.type(line + (line.contains("--server") ? " --wait" : ""));

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("Error: ");
    assertThat(result.out()).isEmpty();
    assertThat(terminal.mesh.ordered).isEmpty();
  }

  @Test
  void shouldSayHowToStartWhenNoMeshRuns() {
    terminal.mesh.addresses = java.util.Optional.empty();

    Result result = terminal.type("profile public.orders");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("profilemesh up").contains("--bootstrap-servers");
  }

  private void run(String dataset, String status) {
    String failure =
        status.equals("failed")
            ? ",\"errorCode\":\"TABLE_VANISHED\",\"errorMessage\":\"The table is gone.\""
            : "";
    terminal.mesh.answers.put(
        "/runs",
        parameters ->
            "{\"items\":[{\"runId\":\"%s\",\"datasetId\":\"%s\",\"status\":\"%s\"%s}],\"next\":null}"
                .formatted(parameters.get("runId"), dataset, status, failure));
  }

  private void verdict(String outcome, int high, int medium, int low) {
    terminal.mesh.answers.put(
        "/runs",
        terminal
            .mesh
            .answers
            .get("/runs")
            .andThen(
                json -> {
                  String runId = Fakes.json(json).path("items").get(0).path("runId").asText();
                  if (outcome != null) {
                    terminal.mesh.answer(
                        "/runs/" + runId + "/verdict",
                        "{\"outcome\":\"%s\",\"highFindings\":%d,\"mediumFindings\":%d,\"lowFindings\":%d}"
                            .formatted(outcome, high, medium, low));
                  }
                  return json;
                }));
  }
}
