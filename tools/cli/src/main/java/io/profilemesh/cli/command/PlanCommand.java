package io.profilemesh.cli.command;

import io.profilemesh.cli.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a scheduled run would read, and what that costs; reads no table. */
@Command(
    name = "plan",
    description = {
      "Show what a scheduled run would read now, why, and what it costs; no table is read.",
      "Without TABLE: every table of every source."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every table was planned",
      "1:a table or a source could not be planned, or not in time",
      "2:the command line is wrong"
    },
    footer = {
      "",
      "Examples:",
      "  profilemesh plan 'public.*'",
      "  profilemesh plan --dbt-manifest target/manifest.json --format json"
    })
final class PlanCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final KafkaOptions mesh;
  @Mixin final TableOptions choice;
  @Mixin final OutputOptions output;

  @Parameters(
      arity = "0..*",
      paramLabel = "TABLE",
      description =
          "table, schema.table, source.schema.table, a pattern such as 'public.*', or a regular"
              + " expression between slashes.")
  List<String> tables = new ArrayList<>();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "2m",
      converter = DurationText.class,
      description = "How long to wait: 90s, 10m (default: 2m).")
  Duration timeout = Duration.ofMinutes(2);

  private final Session session;

  PlanCommand(Session session) {
    this.session = session;
    mesh = new KafkaOptions(session);
    choice = new TableOptions(session, mesh);
    output = new OutputOptions(session);
  }

  @Override
  public Integer call() throws InterruptedException {
    return new Plan(session, mesh, output).show(choice.plans(tables), timeout).code();
  }
}
