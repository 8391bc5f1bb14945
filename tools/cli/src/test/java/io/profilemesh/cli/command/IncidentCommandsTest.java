package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.command.Terminal.Result;
import io.profilemesh.cli.rest.RestProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentCommandsTest {

  private static final String INCIDENT = "0123456789abcdef0123456789abcdef";
  private static final String RUN = "0b54c0a3-6a59-5d0f-9a7e-2a1f0c6f4d11";

  private final Terminal terminal = new Terminal();

  @Test
  void shouldListOpenIncidents() {
    // given
    terminal.mesh.answer(
        "/incidents",
        "{\"items\":[{\"incidentId\":\"%s\",\"state\":\"opened\",\"severity\":\"high\",\"datasetId\":\"shop/public/orders\",\"column\":\"email\",\"message\":\"60 %% of values are missing.\"}],\"next\":null}"
            .formatted(INCIDENT));

    // when
    Result result = terminal.run("incidents", "--status", "open", "--min-severity", "low");

    // then
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(terminal.mesh.asked.get(0))
        .startsWith("/incidents?")
        .contains("state=open")
        .contains("minSeverity=low");
    assertThat(result.out()).contains(INCIDENT).contains("60 % of values are missing.");
    assertThat(terminal.type("query incidents --status open --min-severity low").out())
        .isEqualTo(result.out());
  }

  @Test
  void shouldTakeCareOfAnIncident() {
    // given
    terminal.environment.put("USER", "ada");
    terminal.mesh.answer(
        "PATCH /incidents/" + INCIDENT,
        "{\"datasetId\":\"shop/public/orders\",\"state\":\"opened\",\"revision\":2}");

    // when
    Result ack = terminal.run("incident", "ack", INCIDENT);
    terminal.run("incident", "assign", INCIDENT, "--to", "grace", "--reason", "knows the load");
    terminal.run("incident", "mute", INCIDENT, "--for", "12h");
    terminal.run("incident", "unmute", INCIDENT);
    terminal.run("incident", "feedback", INCIDENT, "false-positive");

    // then
    assertThat(ack.code()).as(ack.err()).isZero();
    assertThat(ack.err()).contains("shop/public/orders").contains("revision 2");
    assertThat(terminal.mesh.sent).hasSize(5);
    assertThat(terminal.mesh.sent.get(0))
        .contains("\"acknowledge\":true")
        .contains("\"actor\":\"cli:ada\"");
    assertThat(terminal.mesh.sent.get(1))
        .contains("\"assignee\":\"grace\"")
        .contains("\"reason\":\"knows the load\"");
    assertThat(terminal.mesh.sent.get(2)).containsPattern("\"mutedUntil\":\"20[^\"]+Z\"");
    assertThat(terminal.mesh.sent.get(3)).contains("\"mutedUntil\":null");
    assertThat(terminal.mesh.sent.get(4)).contains("\"feedback\":\"false_positive\"");
    assertThat(terminal.type("incident mute " + INCIDENT + " --for 7d").code()).isZero();
  }

  @Test
  void shouldFailWhenTheOrderIsNotFollowedYet() {
    terminal.mesh.answer("PATCH /incidents/" + INCIDENT, "{\"status\":202}");

    Result result = terminal.run("incident", "ack", INCIDENT);

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("has not followed it yet").contains("incident show");
  }

  @Test
  void shouldApplyPoliciesOfFiles(@TempDir Path directory) throws IOException {
    // given
    Path file = directory.resolve("policies.json");
    Files.writeString(file, "[{\"policyId\":\"lax\",\"rank\":7},{\"policyId\":\"strict\"}]");
    terminal.mesh.answer("PUT /policies/lax", "{\"version\":3}");
    terminal.mesh.answer("PUT /policies/strict", "{\"version\":4}");

    // when
    Result result = terminal.run("policy", "set", file.toString());

    // then
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("lax is in force as version 3.")
        .contains("strict is in force as version 4.");
    assertThat(terminal.mesh.sent.get(0)).isEqualTo("{\"policyId\":\"lax\",\"rank\":7}");
  }

  @Test
  void shouldSayWhatIsWrongWithAPolicy(@TempDir Path directory) throws IOException {
    Path nameless = directory.resolve("nameless.json");
    Files.writeString(nameless, "{\"rank\":7}");
    Path broken = directory.resolve("broken.json");
    Files.writeString(broken, "{");
    Path bad = directory.resolve("bad.json");
    Files.writeString(bad, "{\"policyId\":\"bad\",\"window\":1000}");
    terminal.mesh.answers.put(
        "PUT /policies/bad",
        parameters -> {
          throw new RestProblem(400, "window or minimumHistory lies outside 2 to 60.");
        });

    assertThat(terminal.run("policy", "set", nameless.toString()).code()).isEqualTo(2);
    assertThat(terminal.run("policy", "set", broken.toString()).err()).contains("is no JSON");
    assertThat(terminal.run("policy", "set", bad.toString()).err()).contains("outside 2 to 60");
    assertThat(terminal.run("policy", "set", "nowhere.json").code()).isEqualTo(1);
  }

  @Test
  void shouldListShowAndDeletePolicies() {
    terminal.mesh.answer(
        "/policies", "{\"items\":[{\"policyId\":\"lax\",\"rank\":7,\"version\":3}],\"next\":null}");
    terminal.mesh.answer("/policies/lax", "{\"policy\":{\"policyId\":\"lax\",\"rank\":7}}");
    terminal.mesh.answer("DELETE /policies/lax", "{}");

    assertThat(terminal.run("policy", "list").out()).contains("lax").contains("7");
    assertThat(terminal.type("policy get lax --format json").out())
        .contains("\"policyId\" : \"lax\"");
    assertThat(terminal.run("policy", "delete", "lax").err()).contains("lax is removed.");
    assertThat(terminal.run("policy").code()).isEqualTo(2);
  }

  @Test
  void shouldPinAndUnpinABaseline() {
    terminal.mesh.answer("PUT /tables/shop%2Fpublic%2Forders/baseline", "{\"status\":204}");
    terminal.mesh.answer("DELETE /tables/shop%2Fpublic%2Forders/baseline", "{\"status\":204}");
    terminal.mesh.answer("PUT /tables/shop%2Fpublic%2Forders/accepted-schema", "{\"status\":204}");

    assertThat(terminal.run("baseline", "pin", "shop.public.orders", RUN).code()).isZero();
    assertThat(terminal.run("baseline", "unpin", "shop.public.orders").code()).isZero();
    assertThat(terminal.run("baseline", "accept-schema", "shop.public.orders").code()).isZero();
    assertThat(terminal.mesh.asked.get(0)).contains("runId=" + RUN);
    assertThat(terminal.run("baseline", "pin", "orders", RUN).code()).isEqualTo(2);
  }
}
