package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.command.Terminal.Result;
import io.profilemesh.cli.run.ProfileOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {

  private static final String PLANNED =
      """
      {"items": [
        {"datasetId": "shop/public/orders", "runId": "0b54c0a3-6a59-5d0f-9a7e-2a1f0c6f4d11",
         "status": "skipped", "errorCode": "DRY_RUN", "requestDatasets": 2,
         "plan": {"decision": "skip", "reason": "Unchanged since the run of X.",
           "changeToken": "t1", "rows": 0, "bytes": 0, "seconds": 0.0,
           "fullRows": 250000, "fullBytes": 41943040, "fullSeconds": 6.1}},
        {"datasetId": "shop/public/items", "runId": "0b54c0a3-6a59-5d0f-9a7e-2a1f0c6f4d11",
         "status": "skipped", "errorCode": "DRY_RUN", "requestDatasets": 2,
         "plan": {"decision": "full", "reason": "Not read before as configured.",
           "rows": 1000, "bytes": 8192, "seconds": 0.5,
           "fullRows": 1000, "fullBytes": 8192, "fullSeconds": 0.5}}]}
      """;

  private final Terminal terminal = new Terminal();

  @TempDir Path directory;

  @Test
  void shouldShowDecisionsAndWhatTheyCost() {
    terminal.mesh.answer("/runs", PLANNED);

    Result result = terminal.type("plan public.*");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("shop/public/orders")
        .contains("skip")
        .contains("Unchanged since")
        .contains("42 MB")
        .contains("250,000");
    assertThat(result.err())
        .contains("would read 1 of 2 tables: about 1,000 rows, 8.2 kB, 0.50 s")
        .contains("Reading all of them: about 251,000 rows, 42 MB, 6.60 s");
    ProfileOrder order = terminal.mesh.ordered.get(0);
    assertThat(order.dryRun()).isTrue();
    assertThat(order.table().pattern()).isEqualTo("public.*");
  }

  @Test
  void shouldAskEachSourceOnceForEverythingWhenNoTableIsNamed() {
    terminal.mesh.sources = Set.of("shop", "archive");
    terminal.mesh.answer("/runs", PLANNED);

    terminal.type("plan");

    assertThat(terminal.mesh.ordered)
        .extracting(order -> order.source() + ' ' + order.table().pattern())
        .containsExactly("archive *", "shop *");
  }

  @Test
  void shouldAskForManyTablesWithOneRequest() {
    terminal.mesh.answer("/runs", PLANNED);

    terminal.type("profile public.orders public.items --dry-run");

    assertThat(terminal.mesh.ordered).hasSize(1);
    assertThat(terminal.mesh.ordered.get(0).more()).containsExactly("public.items");
    assertThat(terminal.mesh.ordered.get(0).dryRun()).isTrue();
  }

  @Test
  void shouldFailWithTheRemedyWhenASourceCannotBeReached() {
    terminal.mesh.answer(
        "/runs",
        """
        {"items": [{"datasetId": "shop//public.*", "status": "failed", "requestDatasets": 1,
          "errorCode": "SOURCE_UNREACHABLE",
          "errorMessage": "The source does not answer; try again when it is back."}]}
        """);

    Result result = terminal.type("plan public.*");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains("The source does not answer; try again when it is back. (SOURCE_UNREACHABLE)");
  }

  @Test
  void shouldGiveNumbersAsCsvAndJson() {
    terminal.mesh.answer("/runs", PLANNED);

    assertThat(terminal.type("plan public.* --format csv").out())
        .contains("shop/public/orders,skip,0,0,0.0,250000,41943040,6.1,");
    assertThat(
            Fakes.json(terminal.type("plan public.* --format json").out())
                .path("items")
                .get(1)
                .path("decision")
                .asText())
        .isEqualTo("skip");
  }

  @Test
  void shouldSelectTheModelsThatDbtHasJustBuilt() throws IOException {
    terminal.mesh.answer("/runs", PLANNED);
    Path manifest = manifest("now");
    Files.writeString(
        directory.resolve("run_results.json"),
        """
        {"metadata": {"invocation_id": "now"}, "results": [
          {"unique_id": "model.shop.orders", "status": "success"},
          {"unique_id": "model.shop.broken", "status": "error"}]}
        """);

    terminal.run("profile", "--dbt-manifest", manifest.toString());

    ProfileOrder order = terminal.mesh.ordered.get(0);
    assertThat(order.table().pattern()).isEqualTo("marts.fct_orders");
    assertThat(order.more()).isEmpty();
  }

  @Test
  void shouldSelectAllModelsWhenTheResultsAreOfAnotherInvocation() throws IOException {
    terminal.mesh.answer("/runs", PLANNED);
    Path manifest = manifest("now");
    Files.writeString(
        directory.resolve("run_results.json"),
        "{\"metadata\": {\"invocation_id\": \"before\"}, \"results\": []}");

    terminal.run("plan", "--dbt-manifest", manifest.toString());

    ProfileOrder order = terminal.mesh.ordered.get(0);
    assertThat(order.more()).contains("marts.broken", "\"odd schema\".\"we.ird\"");
    assertThat(order.more())
        .noneMatch(table -> table.contains("ephemeral") || table.contains("test"));
  }

  @Test
  void shouldSayThatAFileIsNoManifest() throws IOException {
    Path file = Files.writeString(directory.resolve("manifest.json"), "{}");

    Result result = terminal.run("profile", "--dbt-manifest", file.toString());

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("no manifest of dbt").contains("target/manifest.json");
  }

  @Test
  void shouldAskForPeriodsOfASliceOnly() {
    assertThat(terminal.type("profile public.orders --backfill 3").err()).contains("slice");

    terminal.type("profile shop/public/orders@daily --backfill 3");

    assertThat(terminal.mesh.ordered.get(0).periods()).isEqualTo(3);
  }

  @Test
  void shouldSayThatNothingIsNamed() {
    assertThat(terminal.type("profile").code()).isEqualTo(2);
  }

  @Test
  void shouldPauseAndResumePipelines() {
    terminal.mesh.answer("/pipelines", "{\"items\": [{\"name\": \"nightly\"}]}");

    assertThat(terminal.run("schedule", "pause", "nightly", "--reason", "moving").code()).isZero();
    assertThat(terminal.type("schedule resume nightly").code()).isZero();

    assertThat(terminal.mesh.told)
        .containsExactly("pause nightly because moving", "resume nightly because null");
  }

  @Test
  void shouldSayThatThereIsNoSuchPipeline() {
    terminal.mesh.answer("/pipelines", "{\"items\": []}");

    Result result = terminal.type("schedule pause nightly");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("no pipeline 'nightly'").contains("schedule list");
    assertThat(terminal.mesh.told).isEmpty();
  }

  @Test
  void shouldListPipelinesAndTheirRuns() {
    terminal.mesh.answer(
        "/pipelines",
        """
        {"items": [{"name": "nightly", "status": "paused", "cron": "0 2 * * *", "zone": "UTC",
          "lastRun": {"status": "failed"}, "totals": {"completed": 40, "failed": 2}}]}
        """);
    terminal.mesh.answer(
        "/pipeline-runs",
        """
        {"items": [{"requestId": "schedule/nightly/x", "pipeline": "nightly", "datasets": 12,
          "status": "failed", "runs": {"completed": 11, "failed": 1}}]}
        """);

    assertThat(terminal.type("schedule list").out()).contains("nightly").contains("paused", "40");
    assertThat(terminal.type("query pipelines --runs --pipeline nightly").out())
        .contains("schedule/nightly/x")
        .contains("12", "11");
  }

  private Path manifest(String invocation) throws IOException {
    return Files.writeString(
        directory.resolve("manifest.json"),
        """
        {"metadata": {"invocation_id": "%s"}, "nodes": {
          "model.shop.orders": {"resource_type": "model", "schema": "marts", "name": "orders",
            "alias": "fct_orders", "config": {"materialized": "table"}},
          "model.shop.broken": {"resource_type": "model", "schema": "marts", "name": "broken",
            "config": {"materialized": "incremental"}},
          "model.shop.odd": {"resource_type": "model", "schema": "odd schema", "name": "we.ird",
            "config": {"materialized": "view"}},
          "model.shop.ephemeral": {"resource_type": "model", "schema": "marts",
            "name": "ephemeral", "config": {"materialized": "ephemeral"}},
          "test.shop.unique": {"resource_type": "test", "schema": "marts", "name": "test"}}}
        """
            .formatted(invocation));
  }
}
