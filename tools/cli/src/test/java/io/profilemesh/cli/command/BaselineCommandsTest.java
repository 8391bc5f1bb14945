package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.command.Terminal.Result;
import io.profilemesh.cli.rest.RestProblem;
import org.junit.jupiter.api.Test;

class BaselineCommandsTest {

  private static final String ORDERS = "PUT /tables/shop%2Fpublic%2Forders/memory";
  private static final String CUSTOMERS = "PUT /tables/shop%2Fpublic%2Fcustomers/memory";

  private final Terminal terminal = new Terminal();

  @Test
  void shouldSayWhatATableIsToRemember() {
    // given
    terminal.environment.put("USER", "ada");
    terminal.mesh.answer(ORDERS, "{\"runs\":43,\"confirmedFaults\":1,\"tooWide\":0}");

    // when
    Result result =
        terminal.run(
            "baseline",
            "seed",
            "shop.public.orders",
            "--runs",
            "50",
            "--from",
            "2026-10-01",
            "--reason",
            "moved");

    // then
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("shop/public/orders: 43 runs to remember, 1 run left out of confirmed faults.");
    assertThat(terminal.mesh.asked)
        .singleElement()
        .asString()
        .contains("requester=cli%3Aada", "reason=moved", "runs=50")
        .contains("from=2026-10-01T00%3A00%3A00Z");
  }

  @Test
  void shouldSeedEveryTableWhenAllAreMeant() {
    // given
    terminal.mesh.answers.put(
        "/tables",
        page ->
            page.get("cursor") == null
                ? "{\"items\":[{\"datasetId\":\"shop/public/orders\"}],\"next\":\"more\"}"
                : "{\"items\":[{\"datasetId\":\"shop/public/customers\"}],\"next\":null}");
    terminal.mesh.answer(ORDERS, "{\"runs\":1,\"confirmedFaults\":0,\"tooWide\":0}");
    terminal.mesh.answers.put(
        CUSTOMERS,
        parameters -> {
          throw new RestProblem(404, "No run is stored that could be remembered.");
        });

    // when
    Result result = terminal.run("baseline", "seed", "--all");

    // then
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("shop/public/orders: 1 run to remember.")
        .contains("shop/public/customers: no run is stored");
  }

  @Test
  void shouldFailWhenANamedTableHasNoRuns() {
    // given
    terminal.mesh.answers.put(
        ORDERS,
        parameters -> {
          throw new RestProblem(404, "No run is stored that could be remembered.");
        });

    // when
    Result result = terminal.run("baseline", "seed", "shop.public.orders");

    // then
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void shouldWantEitherTablesOrAll() {
    assertThat(terminal.run("baseline", "seed").code()).isEqualTo(2);
    assertThat(terminal.run("baseline", "seed", "shop.public.orders", "--all").code()).isEqualTo(2);
  }
}
