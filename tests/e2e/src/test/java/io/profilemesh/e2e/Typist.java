package io.profilemesh.e2e;

import io.profilemesh.cli.Session;
import io.profilemesh.cli.command.ProfileMesh;
import io.profilemesh.cli.output.Console;
import io.profilemesh.cli.output.Input;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** Types commands at a mesh, within this process: a JVM for each would take most of the time. */
final class Typist {

  private final TestMesh mesh;

  Typist(TestMesh mesh) {
    this.mesh = mesh;
  }

  /**
   * What a command left.
   *
   * @param code exit code
   * @param out standard output
   * @param err standard error
   */
  record Result(int code, String out, String err) {}

  /** Types a command, its words separated by one space. */
  Result type(String line) {
    return run(Input.NONE, List.of(line.split(" ")));
  }

  /** Types a command and pipes a secret in. */
  Result type(String line, String secret) {
    Input piped =
        new Input() {
          @Override
          public boolean isTyped() {
            return false;
          }

          @Override
          public String secret(String prompt) {
            return secret;
          }
        };
    return run(piped, List.of(line.split(" ")));
  }

  private Result run(Input input, List<String> words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console = Console.plain(new PrintWriter(out), new PrintWriter(err));
    Session session = Session.live(console, input, CliProcess.environment(mesh), null);
    int code = ProfileMesh.commandLine(session).execute(words.toArray(String[]::new));
    console.out().flush();
    console.err().flush();
    return new Result(code, out.toString(), err.toString());
  }
}
