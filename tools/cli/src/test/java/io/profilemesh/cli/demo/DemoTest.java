package io.profilemesh.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.command.Fakes;
import io.profilemesh.cli.connection.JdbcAddress;
import io.profilemesh.cli.connection.MeshAddresses;
import io.profilemesh.cli.mesh.StartedMesh;
import io.profilemesh.cli.output.Console;
import io.profilemesh.cli.rest.Parameters;
import io.profilemesh.stack.StackProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

  private static final String CAPTURED = "0b54c0a3-6a59-5d0f-9a7e-2a1f0c6f4d11";

  private final List<String> happened = new ArrayList<>();
  private final Fakes connections = new Fakes();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String status = "completed";
  private String firstOutcome = "not_evaluated";

  @TempDir Path directory;

  @Test
  void shouldTellStoryInOrderWhenAllGoesWell() throws Exception {
    answerRuns();

    Demo.Told told = tell();

    assertThat(happened).containsExactly("load", "reader", "services", "damage", "unasked");
    assertThat(connections.ordered)
        .extracting(order -> order.source() + "/" + order.table().pattern())
        .containsExactly("shop/public.*", "shop/public.*");
    assertThat(told.events()).hasSize(1);
    assertThat(out.toString())
        .contains("Drift: 1 finding in 1 of 2 tables")
        .contains("public.products")
        .contains("The mean of price rose.");
    assertThat(err.toString())
        .containsSubsequence(
            "10 customers, 5 products",
            "Metadata tables",
            "registered",
            "while the shop is healthy",
            "first profile, nothing to compare with yet",
            "prices in cents",
            "The same request again",
            "drift: 1 high",
            "nobody asks about",
            "Fahrenheit",
            "asked for the table by itself");
    assertThat(out.toString()).contains("public.seattle_weather").contains("temp_max rose");
  }

  @Test
  void shouldSaySoWhenFirstRoundIsComparedWithEarlierStart() throws Exception {
    firstOutcome = "no_drift";
    answerRuns();

    tell();

    assertThat(err.toString()).contains("remembers this shop");
  }

  @Test
  void shouldPrintFindingsOnlyWhenQuiet() throws Exception {
    answerRuns();
    Console console = console();

    demo(console, new Stages(console, true)).tell(directory);

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).startsWith("Drift: 1 finding");
  }

  @Test
  void shouldFailWithReasonWhenRunFails() {
    status = "failed";
    answerRuns();

    assertThatThrownBy(this::tell)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("shop/public/")
        .hasMessageContaining("no permission");
    assertThat(happened).doesNotContain("damage");
  }

  @Test
  void shouldGiveProfilerPasswordByEnvironmentNotByFile() throws Exception {
    answerRuns();

    tell();

    String config = Files.readString(directory.resolve("profiler.yaml"));
    assertThat(config).contains("${SHOP_PASSWORD}").doesNotContain("geheim");
    assertThat(config).contains("username: reader").contains("port: 5432").contains("public.*");
  }

  private Demo.Told tell() throws Exception {
    Console console = console();
    return demo(console, new Stages(console, false)).tell(directory);
  }

  private Demo demo(Console console, Stages stages) {
    return new Demo(new FakeMesh(), new FakeShop(), connections, console, stages, "profilemesh.");
  }

  private Console console() {
    return Console.plain(new PrintWriter(out), new PrintWriter(err));
  }

  private void answerRuns() {
    connections.answers.put("/runs", this::runs);
    connections.answer("/drift-events", "{\"items\":[]}");
  }

  private String runs(Parameters parameters) {
    String run = parameters.get("runId");
    if (CAPTURED.equals(run) || "change capture".equals(parameters.get("requester"))) {
      connections.answer(
          "/runs/" + CAPTURED + "/verdict",
          "{\"outcome\":\"drift\",\"highFindings\":1,\"eventIds\":[\"e\"]}");
      connections.answer(
          "/drift-events",
          "{\"items\":[{\"datasetId\":\"shop/public/seattle_weather\",\"schema\":\"public\",\"table\":\"seattle_weather\",\"severity\":\"high\",\"message\":\"The"
              + " mean of temp_max rose.\"}]}");
      return "{\"items\":[%s]}".formatted(run(CAPTURED, "seattle_weather"));
    }
    boolean first = connections.ordered.size() == 1;
    connections.answers.put("/runs/" + run + "/verdict", asked -> verdict(asked, first));
    connections.answers.put(
        "/drift-events",
        asked ->
            first
                ? "{\"items\":[]}"
                : "{\"items\":[{\"datasetId\":\"shop/public/products\",\"schema\":\"public\","
                    + "\"table\":\"products\",\"severity\":\"high\",\"message\":\"The mean of price"
                    + " rose.\"}]}");
    return "{\"items\":[%s,%s]}".formatted(run(run, "products"), run(run, "customers"));
  }

  private String run(String run, String table) {
    return ("{\"runId\":\"%s\",\"datasetId\":\"shop/public/%s\",\"schema\":\"public\",\"table\":\"%s\","
                + "\"status\":\"%s\",\"rowCount\":5,\"columnCount\":3,\"durationMs\":12,\"errorMessage\":\"no"
                + " permission\"}")
        .formatted(run, table, table, status);
  }

  private String verdict(Parameters asked, boolean first) {
    boolean drifts = !first && "shop/public/products".equals(asked.get("dataset"));
    String outcome = first ? firstOutcome : drifts ? "drift" : "no_drift";
    return "{\"outcome\":\"%s\",\"highFindings\":%d,\"eventIds\":[%s]}"
        .formatted(outcome, drifts ? 1 : 0, drifts ? "\"e\"" : "");
  }

  private final class FakeShop implements ShopTables {
    @Override
    public Map<String, Long> load() {
      happened.add("load");
      Map<String, Long> rows = new java.util.LinkedHashMap<>();
      rows.put("customers", 10L);
      rows.put("products", 5L);
      return rows;
    }

    @Override
    public int count() {
      return 2;
    }

    @Override
    public boolean isLoaded() {
      return false;
    }

    @Override
    public ReadOnlyRole prepareReader() {
      happened.add("reader");
      return new ReadOnlyRole("reader", "geheim");
    }

    @Override
    public void damage() {
      happened.add("damage");
    }

    @Override
    public void damageUnasked() {
      happened.add("unasked");
    }
  }

  private final class FakeMesh implements StartedMesh {
    @Override
    public URI schemaRegistryUrl() {
      return Fakes.ADDRESSES.schemaRegistryUrl();
    }

    @Override
    public JdbcAddress metadata() {
      return Fakes.ADDRESSES.metadata();
    }

    @Override
    public JdbcAddress shop() {
      return Fakes.ADDRESSES.shop();
    }

    @Override
    public JdbcAddress shopAsSuperuser() {
      return Fakes.ADDRESSES.shop();
    }

    @Override
    public void startServices(
        String topicPrefix,
        Path profilerConfig,
        Map<String, String> profilerEnvironment,
        StackProgress progress) {
      assertThat(profilerEnvironment).containsExactly(Map.entry("SHOP_PASSWORD", "geheim"));
      happened.add("services");
    }

    @Override
    public MeshAddresses addresses() {
      return Fakes.ADDRESSES;
    }

    @Override
    public void detach() {}

    @Override
    public void close() {}
  }
}
