package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.command.Terminal.Result;
import io.profilemesh.cli.rest.RestProblem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancelCommandTest {

  private static final String RUN = "0b54c0a3-6a59-5d0f-9a7e-2a1f0c6f4d11";

  private final Terminal terminal = new Terminal();

  @Test
  void shouldOrderAndWaitForTheEnd() {
    // given
    terminal.environment.put("USER", "ada");
    terminal.mesh.answer("DELETE /runs/" + RUN, "{\"runs\":[" + run("orders", "running") + "]}");
    Deque<String> states = new ArrayDeque<>(List.of("running", "cancelled"));
    terminal.mesh.answers.put(
        "/runs",
        parameters -> "{\"items\":[" + run("orders", states.removeFirst()) + "],\"next\":null}");

    // when
    Result result = terminal.run("cancel", RUN, "--reason", "wrong table");

    // then
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(terminal.mesh.asked.get(0))
        .startsWith("DELETE /runs/" + RUN)
        .contains("requester=cli%3Aada")
        .contains("reason=wrong+table")
        .doesNotContain("dataset=");
    assertThat(result.out()).contains("shop/public/orders").contains("cancelled");
    assertThat(states).isEmpty();
  }

  @Test
  void shouldOrderForOneDatasetOnly() {
    terminal.mesh.answer("DELETE /runs/" + RUN, "{\"runs\":[" + run("orders", "cancelled") + "]}");

    Result result = terminal.run("cancel", RUN, "--dataset", "shop.public.orders");

    assertThat(result.code()).isZero();
    assertThat(terminal.mesh.asked).singleElement().asString().contains("dataset=shop%2Fpublic");
  }

  @Test
  void shouldSayWhatToDoWhenTheRunHasEnded() {
    terminal.mesh.answers.put(
        "DELETE /runs/" + RUN,
        parameters -> {
          throw new RestProblem(409, "The run has ended: completed.");
        });

    Result result = terminal.run("cancel", RUN);

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("The run has ended: completed.").contains("query runs");
  }

  @Test
  void shouldFailWhenNobodyFollowsTheOrderInTime() {
    terminal.mesh.answer("DELETE /runs/" + RUN, "{\"runs\":[" + run("orders", "running") + "]}");
    terminal.mesh.answer("/runs", "{\"items\":[" + run("orders", "running") + "],\"next\":null}");

    Result result = terminal.run("cancel", RUN, "--timeout", "1ms");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("not ended within").contains("The order stands");
    assertThat(result.out()).contains("running");
  }

  @Test
  void shouldRefuseWhatIsNoRun() {
    assertThat(terminal.run("cancel", "orders").code()).isEqualTo(2);
    assertThat(terminal.run("cancel", RUN).code()).isEqualTo(1);
    assertThat(terminal.run("cancel").code()).isEqualTo(2);
  }

  private static String run(String table, String status) {
    return "{\"datasetId\":\"shop/public/%s\",\"runId\":\"%s\",\"status\":\"%s\"}"
        .formatted(table, RUN, status);
  }
}
