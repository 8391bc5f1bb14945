package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.query.Explanation;
import io.profilemesh.cli.rest.Parameters;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Explains a drift event. */
@Command(
    name = "explain",
    description =
        "Explain a drift event: what was compared with what, how large the change is, whether"
            + " chance may have made it, and what to do about it.",
    footer = {"", "List them: profilemesh query drift --format csv"})
final class ExplainCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final ServerOptions server;
  @Mixin final OutputOptions output;

  @picocli.CommandLine.Parameters(
      paramLabel = "EVENT",
      description = "Event id, as query drift shows it in JSON and CSV.")
  @SuppressWarnings("NullAway.Init")
  String event;

  ExplainCommand(Session session) {
    server = new ServerOptions(session);
    output = new OutputOptions(session);
  }

  @Override
  public Integer call() {
    JsonNode answer =
        server.rest().get("/drift-events/" + Parameters.segment(event), new Parameters());
    Explanation explanation = new Explanation(answer);
    output.write(
        (out, colours) -> {
          switch (output.format) {
            case TABLE -> explanation.print(out, colours);
            case JSON -> out.println(answer.toPrettyString());
            case CSV -> explanation.printCsv(out);
          }
        });
    return ExitCode.OK.code();
  }
}
