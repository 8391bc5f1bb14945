package io.profilemesh.docs;

import io.profilemesh.cli.Connections;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.command.ProfileMesh;
import io.profilemesh.cli.output.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.util.Map;
import picocli.CommandLine;

/** The command line as it parses, connected to nothing. */
final class CommandLineModel {

  private CommandLineModel() {}

  static CommandLine commandLine() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    Connections none =
        (Connections)
            Proxy.newProxyInstance(
                Connections.class.getClassLoader(),
                new Class<?>[] {Connections.class},
                (proxy, method, arguments) -> {
                  throw new AssertionError("parsing must not connect: " + method.getName());
                });
    return ProfileMesh.commandLine(
        new Session(Console.plain(nowhere, nowhere), Map.of(), null, none));
  }
}
