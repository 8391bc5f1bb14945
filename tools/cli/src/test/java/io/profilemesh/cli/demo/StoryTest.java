package io.profilemesh.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.profilemesh.cli.output.Console;
import io.profilemesh.cli.run.RunOutcome;
import io.profilemesh.cli.run.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoryTest {

  private final JsonMapper json = new JsonMapper();
  private final StringWriter out = new StringWriter();
  private final Console console =
      Console.plain(new PrintWriter(out), new PrintWriter(new StringWriter()));

  @Test
  void shouldTellGravestFindingsFirstByTable() {
    new DriftStory(console, 5)
        .tell(
            List.of(
                event("orders", "low", "Row count grew."),
                event("customers", "medium", "Fewer distinct e-mails."),
                event("customers", "high", "E-mails are missing.")),
            table -> "unused");

    assertThat(out.toString())
        .containsSubsequence(
            "public.customers",
            "high    E-mails are missing.",
            "medium  Fewer distinct e-mails.",
            "public.orders",
            "low     Row count grew.");
  }

  @Test
  void shouldNameTheCommandForTheRestWhenThereIsMuch() {
    List<JsonNode> events = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      events.add(event("orders", "low", "Finding " + i + "."));
    }

    new DriftStory(console, 3).tell(events, table -> "query drift of " + table);

    assertThat(out.toString().split("Finding", -1)).hasSize(4);
    assertThat(out.toString()).contains("and 5 findings more: query drift of public.orders");
  }

  @Test
  void shouldWrapLongSentencesUnderTheirBeginning() {
    new DriftStory(console, 3)
        .tell(List.of(event("orders", "high", "word ".repeat(40))), table -> "");

    List<String> lines = out.toString().lines().filter(line -> line.contains("word")).toList();
    assertThat(lines).hasSizeGreaterThan(2).allMatch(line -> line.length() <= 100);
    assertThat(lines).allMatch(line -> line.indexOf("word") == lines.get(0).indexOf("word"));
  }

  @Test
  void shouldHoldEveryKeyInReport(@TempDir Path directory) throws Exception {
    JsonNode run =
        json.readTree("{\"runId\":\"r\",\"datasetId\":\"s/p/t\",\"status\":\"completed\"}");
    JsonNode verdict = json.readTree("{\"outcome\":\"drift\",\"highFindings\":1}");
    DemoReport report = new DemoReport();
    report.add(1, List.of(new RunOutcome(run, Verdict.of(verdict), verdict)));
    report.addEvents(2, List.of(event("orders", "high", "Gone.")));
    report.tableCounts(Map.of("profilemesh_runs", 10L));
    report.times(Map.of("shop", 812L), 31_000, 33_000);
    Path file = directory.resolve("report.json");

    report.write(file);

    JsonNode written = json.readTree(Files.readString(file, StandardCharsets.UTF_8));
    assertThat(written.path("runs").get(0).path("round").asInt()).isEqualTo(1);
    assertThat(written.path("verdicts").get(0).path("outcome").asText()).isEqualTo("drift");
    JsonNode event = written.path("driftEvents").get(0);
    assertThat(event.path("dataset").asText()).isEqualTo("shop/public/orders");
    for (String key : List.of("column", "metric", "severity", "message")) {
      assertThat(event.path(key).asText()).as(key).isNotEmpty();
    }
    assertThat(written.path("tableCounts").path("profilemesh_runs").asLong()).isEqualTo(10);
    assertThat(written.path("stageMs").path("shop").asLong()).isEqualTo(812);
    assertThat(written.path("firstDriftEventMs").asLong()).isEqualTo(31_000);
    assertThat(written.path("totalMs").asLong()).isEqualTo(33_000);
  }

  @Test
  void shouldEscapeWhatCopyWouldMisread() {
    assertThat(new String(CopyText.row("a\tb", null, "c\\d\ne\r", 7), StandardCharsets.UTF_8))
        .isEqualTo("a\\tb\t\\N\tc\\\\d\\ne\\r\t7\n");
  }

  @Test
  void shouldDamageOnlyTablesOfTheDemo() {
    assertThat(BadLoad.DAMAGES)
        .allMatch(damage -> damage.sql().contains(damage.table()))
        .extracting(Damage::table)
        .contains("public.customers", "public.products", "public.orders")
        .doesNotContain("public.seattle_weather", "public.bird_strikes");
  }

  @Test
  void shouldKeepPasswordOutOfText() {
    assertThat(new ReadOnlyRole("reader", "geheim").toString()).doesNotContain("geheim");
  }

  private JsonNode event(String table, String severity, String message) {
    return json.createObjectNode()
        .put("datasetId", "shop/public/" + table)
        .put("schema", "public")
        .put("table", table)
        .put("column", "c")
        .put("metric", "mean")
        .put("severity", severity)
        .put("message", message);
  }
}
