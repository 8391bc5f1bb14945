package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.connection.MeshAddresses;
import io.profilemesh.cli.mesh.LocalMesh;
import io.profilemesh.cli.mesh.LocalMesh.Part;
import io.profilemesh.cli.mesh.LocalMesh.State;
import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.Column.Where;
import io.profilemesh.cli.output.OutputFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the local mesh. */
@Command(
    name = "status",
    description = "Show the local mesh: addresses and the state of each part.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:every part is ready", "1:a part, or the whole mesh, is not"})
final class StatusCommand implements Callable<Integer> {

  private static final long BETWEEN_LOOKS_MILLIS = 1_000;

  private static final List<Column> PARTS =
      List.of(
          Column.text("name", "PART"),
          Column.text("state", "STATE"),
          Column.text("address", "ADDRESS"),
          Column.text("pid", "PID"),
          Column.text("log", "LOG").only(Where.CSV_ONLY));

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final MeshOptions mesh;
  @Mixin final OutputOptions output;

  @Option(
      names = "--watch",
      description = "Go on until Ctrl-C: show it anew whenever something has changed.")
  boolean watch;

  StatusCommand(Session session) {
    mesh = new MeshOptions(session);
    output = new OutputOptions(session);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (watch && output.output != null) {
      throw Failure.usage("--watch has no end that a file could have", "Leave out --output.");
    }
    LocalMesh local = mesh.mesh();
    List<Part> parts = local.parts();
    int code = show(parts, local.addresses());
    while (watch) {
      Thread.sleep(BETWEEN_LOOKS_MILLIS);
      List<Part> now = local.parts();
      if (!now.equals(parts)) {
        parts = now;
        mesh.session().console().clearScreen();
        show(parts, local.addresses());
      }
    }
    return code;
  }

  private int show(List<Part> parts, Optional<MeshAddresses> addresses) {
    boolean ready =
        addresses.isPresent() && parts.stream().allMatch(part -> part.state() == State.READY);
    if (output.format == OutputFormat.JSON) {
      ObjectNode json = json(parts, addresses, ready);
      output.write((out, colours) -> out.println(json.toPrettyString()));
    } else {
      output.list(PARTS, parts.stream().map(StatusCommand::row).toList());
    }
    tell(parts, ready);
    return ready ? ExitCode.OK.code() : ExitCode.FAILED.code();
  }

  private void tell(List<Part> parts, boolean ready) {
    if (ready || output.format != OutputFormat.TABLE) {
      return;
    }
    boolean nothing = parts.stream().allMatch(part -> part.state() == State.STOPPED);
    mesh.session()
        .console()
        .err()
        .println(
            nothing
                ? "No local mesh runs in " + mesh.directory() + ". Start one: profilemesh up"
                : "Not every part is ready. Logs: " + mesh.directory().resolve("logs"));
  }

  private ObjectNode json(List<Part> parts, Optional<MeshAddresses> addresses, boolean ready) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("ready", ready);
    json.put("dataDirectory", mesh.directory().toString());
    json.put("bootstrapServers", addresses.map(MeshAddresses::bootstrapServers).orElse(null));
    json.put(
        "schemaRegistryUrl", addresses.map(a -> a.schemaRegistryUrl().toString()).orElse(null));
    json.put("metadataJdbcUrl", addresses.map(a -> a.metadata().url()).orElse(null));
    json.put("shopJdbcUrl", addresses.map(a -> a.shop().url()).orElse(null));
    json.put("restUrl", addresses.map(a -> a.restUrl().toString()).orElse(null));
    json.put("dashboardUrl", addresses.map(a -> a.dashboardUrl().toString()).orElse(null));
    parts.forEach(part -> json.withArray("parts").add(row(part)));
    return json;
  }

  private static ObjectNode row(Part part) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", part.name())
        .put("state", part.state().name().toLowerCase(Locale.ROOT))
        .put("address", part.address())
        .put("pid", part.pid())
        .put("log", part.log());
  }
}
