package io.profilemesh.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.Connections;
import io.profilemesh.cli.access.LocalKey;
import io.profilemesh.cli.connection.KafkaAddress;
import io.profilemesh.cli.connection.MeshAddresses;
import io.profilemesh.cli.demo.Rounds.Round;
import io.profilemesh.cli.mesh.ShopConfig;
import io.profilemesh.cli.mesh.StartedMesh;
import io.profilemesh.cli.output.Console;
import io.profilemesh.cli.output.Formats;
import io.profilemesh.cli.run.OrderSender;
import io.profilemesh.cli.run.RunFollower;
import io.profilemesh.cli.run.RunsApi;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The story: a shop is loaded, profiled, damaged by bad loads, profiled again. */
final class Demo {

  private static final int MOST_PER_TABLE = 5;
  private static final String CAPTURED_DATASET =
      ShopConfig.SOURCE + '/' + ShopConfig.CAPTURED.replace('.', '/');

  private final StartedMesh mesh;
  private final ShopTables shop;
  private final Connections connections;
  private final Console console;
  private final Stages stages;
  private final String topicPrefix;
  private final InstantSource clock = InstantSource.system();
  private final DemoReport report = new DemoReport();
  private long firstDriftEventMs;

  Demo(
      StartedMesh mesh,
      ShopTables shop,
      Connections connections,
      Console console,
      Stages stages,
      String topicPrefix) {
    this.topicPrefix = topicPrefix;
    this.mesh = mesh;
    this.shop = shop;
    this.connections = connections;
    this.console = console;
    this.stages = stages;
  }

  /** What the story leaves behind. */
  record Told(Round damaged, List<JsonNode> events, DemoReport report, LocalKey key) {}

  /** Tells the story on a stack that has just started. */
  Told tell(Path dataDirectory) throws Exception {
    MeshSetup setup = new MeshSetup(mesh, connections, stages, topicPrefix);
    setup.loadShop(shop);
    LocalKey key = setup.prepareMesh(dataDirectory);
    setup.startOnShop(shop, dataDirectory);
    MeshAddresses addresses = mesh.addresses();
    KafkaAddress kafka =
        new KafkaAddress(addresses.bootstrapServers(), addresses.schemaRegistryUrl(), topicPrefix);
    try (OrderSender sender = connections.orders(kafka)) {
      RunsApi api = new RunsApi(connections.rest(addresses.restUrl(), key.secret()));
      RunFollower.Pause pause = time -> Thread.sleep(time.toMillis());
      return tell(new Rounds(sender, api, clock, pause), key);
    }
  }

  private Told tell(Rounds rounds, LocalKey key) throws Exception {
    healthyRound(rounds);
    stages.say("");
    stages.say("A night of bad loads");
    stages.run("damage", "Damage", this::damage);
    BadLoad.DAMAGES.forEach(
        damage -> stages.say("    " + console.sign("·", "-") + " " + damage.sentence()));
    stages.say("");
    stages.say("The same request again");
    Round damaged = round(rounds, 2, "after last night's loads");
    List<JsonNode> events = rounds.events(damaged);
    report.addEvents(2, events);
    show(events, damaged);
    unasked(rounds);
    return new Told(damaged, events, report, key);
  }

  private void unasked(Rounds rounds) throws Exception {
    stages.say("And a load that nobody asks about");
    stages.say("    " + console.sign("·", "-") + " " + BadLoad.UNASKED.sentence());
    Round[] result = new Round[1];
    RunLines lines = new RunLines(stages, console);
    Instant since = clock.instant();
    stages.run(
        "capturedDrift",
        "Change capture",
        () -> {
          shop.damageUnasked();
          result[0] = rounds.captured(CAPTURED_DATASET, since, lines::show);
          return "asked for the table by itself";
        });
    List<JsonNode> events = rounds.events(result[0]);
    report.add(3, result[0].outcomes());
    report.addEvents(3, events);
    stages.say("");
    story().tell(events, Demo::command);
  }

  private DriftStory story() {
    return new DriftStory(console, MOST_PER_TABLE);
  }

  private static String command(String table) {
    return "query drift --table " + table.substring(table.indexOf('.') + 1);
  }

  private void healthyRound(Rounds rounds) throws Exception {
    stages.say("");
    stages.say("One request for " + Rounds.PATTERN + ", while the shop is healthy");
    Round healthy = round(rounds, 1, "while the shop is healthy");
    if (healthy.isCompared()) {
      report.addEvents(1, rounds.events(healthy));
      stages.say(
          "    (The mesh remembers this shop from an earlier start: these profiles were compared"
              + " with its last ones.)");
    }
  }

  private Round round(Rounds rounds, int number, String reason) throws Exception {
    Round[] result = new Round[1];
    RunLines lines = new RunLines(stages, console);
    stages.run(
        number == 1 ? "firstProfiles" : "secondProfiles",
        "Profiles",
        () -> {
          result[0] = rounds.profile(reason, shop.count(), lines::show);
          return Formats.count(result[0].outcomes().size(), "table") + " profiled and judged";
        });
    report.add(number, result[0].outcomes());
    return result[0];
  }

  private String damage() {
    shop.damage();
    return "done to three tables; two stay as they were";
  }

  private void show(List<JsonNode> events, Round damaged) {
    stages.say("");
    long tables = events.stream().map(event -> event.path("datasetId").asText()).distinct().count();
    console
        .out()
        .println(
            console
                .outColours()
                .strong(
                    "Drift: "
                        + Formats.count(events.size(), "finding")
                        + " in "
                        + tables
                        + " of "
                        + Formats.count(damaged.outcomes().size(), "table")));
    console.out().println();
    story().tell(events, Demo::command);
    firstDriftEventMs = stages.elapsed();
  }

  /** Milliseconds from the start of the program to the drift events on the screen. */
  long firstDriftEventMs() {
    return firstDriftEventMs;
  }
}
