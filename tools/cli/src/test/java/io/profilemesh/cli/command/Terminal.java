package io.profilemesh.cli.command;

import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.Console;
import io.profilemesh.cli.output.Input;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Types commands at a made-up mesh. */
final class Terminal {

  final Fakes mesh = new Fakes();
  final Map<String, String> environment = new HashMap<>();
  Path home = Path.of("/opt/profilemesh");

  /** Lines that are typed; each is taken once. */
  final Deque<String> typed = new ArrayDeque<>();

  boolean interactive;

  /**
   * What a command left.
   *
   * @param code exit code
   * @param out standard output
   * @param err standard error
   */
  record Result(int code, String out, String err) {}

  /** Runs a command line, words separated by one space. */
  Result type(String line) {
    return run(line.isEmpty() ? new String[0] : line.split(" ", -1));
  }

  private Input input() {
    return new Input() {
      @Override
      public boolean isTyped() {
        return interactive;
      }

      @Override
      public String secret(String prompt) {
        return typed.isEmpty() ? Input.NONE.secret(prompt) : typed.remove();
      }
    };
  }

  /** Runs a command. */
  Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console = Console.plain(new PrintWriter(out), new PrintWriter(err));
    int code =
        ProfileMesh.commandLine(new Session(console, input(), environment, home, mesh))
            .execute(arguments);
    console.out().flush();
    console.err().flush();
    return new Result(code, out.toString(), err.toString());
  }
}
