package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.command.Terminal.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueCommandsTest {

  private static final String TABLE =
      """
      {"tableId":"shop/public/orders","environment":"test","owner":"shop-team",
       "tags":["gold","pii"],"description":"Every order.","rowCount":12000,"schemaVersion":2,
       "columns":[
         {"column":"id","position":1,"dataType":"bigint","nullable":false,"active":true},
         {"column":"note","position":2,"dataType":"text","nullable":true,"active":false,
          "description":"=1+1"}]}
      """;

  private final Terminal terminal = new Terminal();

  @Test
  void shouldListTablesByEveryFilter() {
    terminal.mesh.answer(
        "/tables",
        "{\"items\":[{\"datasetId\":\"shop/public/orders\",\"rowCount\":12000,\"outcome\":\"drift\"}],\"next\":null}");

    Result result =
        terminal.type(
            "query tables --source shop --schema public --table orders --environment test"
                + " --owner ada --tag gold --limit 5 --offset 2");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("shop/public/orders").contains("12,000").contains("drift");
    assertThat(terminal.mesh.asked)
        .containsExactly(
            "/tables?source=shop&schema=public&table=orders&environment=test&owner=ada&tag=gold"
                + "&limit=5&offset=2");
  }

  @Test
  void shouldShowColumnsInEveryForm(@TempDir Path directory) throws IOException {
    terminal.mesh.answer("/tables/shop%2Fpublic%2Forders", TABLE);
    Path file = directory.resolve("columns.csv");

    Result table = terminal.type("query columns public.orders");
    Result json = terminal.type("query columns shop.public.orders --format json");
    Result csv = terminal.type("query columns public.orders --format csv --output " + file);

    assertThat(table.out()).contains("shop-team").contains("gold, pii").contains("bigint");
    assertThat(Fakes.json(json.out())).isEqualTo(Fakes.json(TABLE));
    assertThat(csv.out()).isEmpty();
    assertThat(Files.readString(file)).contains("2,note,text").contains("'=1+1");
  }

  @Test
  void shouldSayWhatIsMissingOrInTheWay(@TempDir Path directory) {
    terminal.mesh.answer("/tables/shop%2Fpublic%2Forders", TABLE);
    String columns = "query columns public.orders --output ";

    assertThat(terminal.type("query columns orders").err())
        .contains("the schema of 'orders' is missing");
    assertThat(terminal.type(columns + directory).err()).contains("it is a directory");
    assertThat(terminal.type(columns + directory.resolve("no/file")).err())
        .contains("there is no directory " + directory.resolve("no"));
  }

  @Test
  void shouldSearchForAllWords() {
    terminal.mesh.answer(
        "/search",
        "[{\"kind\":\"column\",\"datasetId\":\"shop/public/orders\",\"column\":\"email\",\"text\":\"Where"
            + " to write.\"}]");

    Result found = terminal.type("query search e mail --kind column --limit 3 --format json");

    assertThat(terminal.mesh.asked).containsExactly("/search?q=e+mail&kind=column&limit=3");
    assertThat(Fakes.json(found.out()).path("items").get(0).path("column").asText())
        .isEqualTo("email");
    terminal.mesh.answer("/search", "[]");
    assertThat(terminal.type("query search nothing").err()).contains("Nothing found.");
    assertThat(terminal.type("query search").code()).isEqualTo(2);
    assertThat(terminal.type("query search e --limit 101").code()).isEqualTo(2);
  }

  @Test
  void shouldFilterStatesAsTables() {
    terminal.mesh.answer("/table-states", "{\"items\":[],\"next\":null}");

    terminal.type("query states --schema public --environment test --tag gold");

    assertThat(terminal.mesh.asked)
        .containsExactly("/table-states?schema=public&environment=test&tag=gold");
  }

  @Test
  void shouldShowOneThingFieldByField() {
    terminal.mesh.answer(
        "/policies/lax",
        "{\"policy\":{\"policyId\":\"lax\",\"rank\":7,\"owner\":null,\"rules\":[{\"metric\":\"mean\"}],\"tags\":[\"a\",\"b\"]}}");

    Result result = terminal.type("policy get lax");

    assertThat(result.out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "FIELD VALUE", "policyId lax", "rank 7", "rules[0].metric mean", "tags a, b");
  }
}
