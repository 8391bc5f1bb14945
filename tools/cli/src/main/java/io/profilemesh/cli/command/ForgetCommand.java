package io.profilemesh.cli.command;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.cli.rest.Parameters;
import io.profilemesh.core.profile.DatasetId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets the drift service forget a table. */
@Command(
    name = "forget",
    description =
        "Let the drift service forget a table: its runs, incidents and orders. The next run is a"
            + " first one; what is stored of earlier runs stays.",
    footer = {"", "Example: profilemesh forget public.orders --reason 'rebuilt from scratch'"})
final class ForgetCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final ServerOptions server;
  @Mixin final OneTable table = new OneTable();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for people.")
  @Nullable String reason;

  ForgetCommand(Session session) {
    server = new ServerOptions(session);
  }

  @Override
  public Integer call() {
    DatasetId dataset = table.dataset(server);
    Session session = server.session();
    Parameters parameters =
        new Parameters().with("requester", session.requester()).with("reason", reason);
    String path = "/tables/" + Parameters.segment(dataset.toString()) + "/memory";
    if (server.rest().send("DELETE", path, parameters, null).status() == 202) {
      throw Failure.failed(
          "the order is written, but not stored yet",
          "It will be followed; nothing is to be done.");
    }
    session.console().err().println(DisplayText.printable(dataset + " is forgotten."));
    session.console().err().flush();
    return ExitCode.OK.code();
  }
}
