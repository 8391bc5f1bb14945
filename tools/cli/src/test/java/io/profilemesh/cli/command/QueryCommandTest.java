package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.command.Terminal.Result;
import io.profilemesh.cli.rest.RestProblem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryCommandTest {

  private static final String RUNS =
      """
      {"items":[
        {"runId":"11111111-1111-4111-8111-111111111111","datasetId":"shop/public/orders",
         "status":"completed","rowCount":32890,"columnCount":10,"durationMs":412,
         "requestedAt":"2026-11-20T10:00:00.123Z"},
        {"runId":"22222222-2222-4222-8222-222222222222","datasetId":"shop/public/größe",
         "status":"failed","rowCount":null,"errorCode":"TABLE_VANISHED",
         "requestedAt":"2026-11-20T09:00:00Z"}],
       "next":"abc","prev":null}
      """;

  private static final String DETAILS =
      """
      {"run":{"runId":"r-1","datasetId":"shop/public/orders","status":"completed","rowCount":29000},
       "metrics":[{"metric":"row_count","value":29000.0,"text":null,"quality":"exact"}],
       "columns":[
        {"column":"total","dataType":"numeric(12,2)","metrics":[
          {"metric":"null_percent","value":0,"quality":"exact"},
          {"metric":"distinct_count","value":1204,"quality":"exact"},
          {"metric":"min","value":1.5,"quality":"exact"},
          {"metric":"mean","value":80.25,"quality":"exact"},
          {"metric":"max","value":3999,"quality":"exact"}]},
        {"column":"ordered_at","dataType":"timestamp with time zone","metrics":[
          {"metric":"earliest","value":1794268800000,"quality":"exact"},
          {"metric":"latest","value":1795132799000,"quality":"exact"}]}]}
      """;

  private final Terminal terminal = new Terminal();

  @Test
  void shouldPassEveryFilterWhenListingRuns() {
    terminal.mesh.answer("/runs", "{\"items\":[]}");

    terminal.type(
        "query runs --source shop --schema public --table orders --status failed --environment test"
            + " --from 2026-11-01 --to 2026-11-20T08:00:00+02:00 --limit 5 --offset 10"
            + " --run-id 11111111-1111-4111-8111-111111111111 --dataset shop/public/orders");

    assertThat(terminal.mesh.asked)
        .containsExactly(
            "/runs?dataset=shop%2Fpublic%2Forders&source=shop&schema=public&table=orders"
                + "&environment=test&status=failed&runId=11111111-1111-4111-8111-111111111111"
                + "&from=2026-11-01T00%3A00%3A00Z&to=2026-11-20T06%3A00%3A00Z&limit=5&offset=10");
  }

  @Test
  void shouldPassEveryFilterWhenListingDrift() {
    terminal.mesh.answer("/drift-events", "{\"items\":[]}");

    terminal.type(
        "query drift --table orders --column total --metric mean --severity HIGH"
            + " --min-severity low --days 7 --cursor abc");

    assertThat(terminal.mesh.asked)
        .containsExactly(
            "/drift-events?table=orders&column=total&metric=mean&severity=high&minSeverity=low"
                + "&days=7&cursor=abc");
  }

  @Test
  void shouldAlignColumnsWhenListingRuns() {
    terminal.mesh.answer("/runs", RUNS);

    Result result = terminal.type("query runs");

    assertThat(result.code()).isZero();
    String[] lines = result.out().split("\n");
    assertThat(lines).hasSize(3);
    assertThat(lines[0].indexOf("STATUS")).isEqualTo(lines[1].indexOf("completed"));
    assertThat(lines[0].indexOf("STATUS")).isEqualTo(lines[2].indexOf("failed"));
    assertThat(lines[1]).contains("32,890").contains("2026-11-20 10:00:00").contains("0.41 s");
    assertThat(result.err()).contains("--cursor abc");
  }

  @Test
  void shouldKeepRestFormWhenJson() {
    terminal.mesh.answer("/runs", RUNS);

    Result result = terminal.type("query runs --format json");

    var json = Fakes.json(result.out());
    assertThat(json.path("items").size()).isEqualTo(2);
    assertThat(json.path("next").asText()).isEqualTo("abc");
    assertThat(json.path("items").get(1).path("rowCount").isNull()).isTrue();
    assertThat(result.err()).isEmpty();
  }

  @Test
  void shouldFollowPagesWhenAll() {
    terminal.mesh.answers.put(
        "/runs",
        parameters ->
            parameters.get("cursor") == null
                ? "{\"items\":[{\"runId\":\"1\"}],\"next\":\"two\"}"
                : "{\"items\":[{\"runId\":\"2\"}],\"next\":null}");

    Result result = terminal.type("query runs --all --format csv");

    assertThat(terminal.mesh.asked)
        .containsExactly("/runs?limit=500", "/runs?limit=500&cursor=two");
    assertThat(result.out().lines()).hasSize(3);
  }

  @Test
  void shouldWriteFileWhenTold(@TempDir Path directory) throws IOException {
    terminal.mesh.answer("/runs", RUNS);
    Path file = directory.resolve("runs.csv");

    Result result = terminal.run("query", "runs", "--format", "csv", "-o", file.toString());

    assertThat(result.out()).isEmpty();
    assertThat(Files.readString(file)).startsWith("runId,").contains("\r\n");
    assertThat(directory.toFile().list()).containsExactly("runs.csv");
  }

  @Test
  void shouldSayWhatToDoWhenFileCannotBeWritten() {
    terminal.mesh.answer("/runs", RUNS);

    Result result = terminal.type("query runs -o /no/such/place/runs.csv");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("/no/such/place/runs.csv").contains("--output");
  }

  @Test
  void shouldKeepStandardOutputEmptyWhenNothingIsFound() {
    terminal.mesh.answer("/drift-events", "{\"items\":[],\"next\":null}");

    Result result = terminal.type("query drift");

    assertThat(result.code()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isEqualTo("No drift events.\n");
  }

  @Test
  void shouldEndAsUsageWhenServiceRefusesParameter() {
    terminal.mesh.answers.put(
        "/runs",
        parameters -> {
          throw new RestProblem(400, "status: 'odd' is none of requested, running, completed");
        });

    Result result = terminal.type("query runs --status odd");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("'odd' is none of");
  }

  @Test
  void shouldPreferFlagOverVariableOverLocalMesh() {
    terminal.mesh.answer("/runs", "{\"items\":[]}");

    terminal.type("query runs");
    terminal.environment.put("PROFILEMESH_URL", "https://variable.example");
    terminal.type("query runs");
    terminal.type("query runs --server http://flag.example:1");

    assertThat(terminal.mesh.servers)
        .containsExactly(
            Fakes.ADDRESSES.restUrl(),
            URI.create("https://variable.example"),
            URI.create("http://flag.example:1"));
  }

  @Test
  void shouldSpellDatasetCanonicallyWhateverWasTyped() {
    terminal.mesh.answer("/drift-events", "{\"items\":[]}");

    terminal.type("query drift --dataset shop.public.orders");
    terminal.type("query drift --dataset shop/public/orders");

    assertThat(terminal.mesh.asked)
        .containsExactly(
            "/drift-events?dataset=shop%2Fpublic%2Forders",
            "/drift-events?dataset=shop%2Fpublic%2Forders");
  }

  @Test
  void shouldGiveOverviewOfColumnsWhenShowingRun() {
    terminal.mesh.answer("/runs/r-1", DETAILS);

    Result result = terminal.type("query run r-1 --dataset shop.public.orders");

    assertThat(result.code()).isZero();
    assertThat(terminal.mesh.asked).containsExactly("/runs/r-1?dataset=shop%2Fpublic%2Forders");
    assertThat(result.out())
        .contains("shop/public/orders")
        .containsPattern("total +numeric\\(12,2\\) +0 +1,204 +1.5 +80.25 +3,999")
        .containsPattern("ordered_at .* 2026-11-10 00:00:00 .* 2026-11-19 23:59:59");
  }

  @Test
  void shouldGiveEveryMetricWhenShowingColumnOfRun() {
    terminal.mesh.answer("/runs/r-1", DETAILS);

    Result table = terminal.type("query run r-1 --column total");
    Result csv = terminal.type("query run r-1 --format csv");
    Result json = terminal.type("query run r-1 --format json");

    assertThat(table.out()).contains("null_percent").contains("mean").doesNotContain("row_count");
    assertThat(csv.out().lines().toList())
        .contains("column,dataType,metric,value,text,quality,lower,upper")
        .contains("\"\",,row_count,29000.0,,exact,,")
        .contains("total,\"numeric(12,2)\",mean,80.25,,exact,,");
    assertThat(Fakes.json(json.out())).isEqualTo(Fakes.json(DETAILS));
  }

  @Test
  void shouldNameColumnsWhenRunHasNoSuchColumn() {
    terminal.mesh.answer("/runs/r-1", DETAILS);

    Result result = terminal.type("query run r-1 --column totl");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("total, ordered_at");
  }

  @Test
  void shouldShowHowMetricMovedWhenAskedForTable() {
    terminal.mesh.answer(
        "/tables/shop%2Fpublic%2Forders/history",
        """
        {"items":[{"runId":"r-2","profiledAt":"2026-11-20T10:00:00Z","rowCount":5,"column":"total",
          "metrics":[{"metric":"mean","value":80.25,"text":null,"quality":"exact"}]},
         {"runId":"r-1","profiledAt":"2026-11-19T10:00:00Z","rowCount":4,"column":"total",
          "metrics":[{"metric":"mean","value":79,"text":null,"quality":"approximate"}]}]}
        """);

    Result result = terminal.type("query table public.orders --column total --metric mean");
    Result runs = terminal.type("query table shop.public.orders");

    assertThat(terminal.mesh.asked.get(0))
        .isEqualTo("/tables/shop%2Fpublic%2Forders/history?column=total&metric=mean");
    assertThat(result.out().lines()).hasSize(3);
    assertThat(result.out()).contains("80.25").contains("approximate");
    assertThat(runs.out().lines()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "query",
        "query runs --limit 0",
        "query runs --limit 501",
        "query runs --offset -1",
        "query runs --offset 10001",
        "query runs --all --limit 3",
        "query runs --cursor x --offset 3",
        "query runs --days 0",
        "query runs --days 3 --from 2026-01-01",
        "query runs --from yesterday",
        "query drift --severity odd",
        "query table public.*",
        "query run",
        "query drift --dataset public.orders",
      })
  void shouldRefuseWithoutAskingWhenCommandLineIsWrong(String line) {
    Result result = terminal.type(line);

    assertThat(result.code()).as(result.err()).isEqualTo(2);
    assertThat(terminal.mesh.asked).isEmpty();
  }
}
