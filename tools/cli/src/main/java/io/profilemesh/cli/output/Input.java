package io.profilemesh.cli.output;

import io.profilemesh.cli.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a person types, or a program pipes in. */
public interface Input {

  /** Whether a person types, who is asked and may mistype. */
  boolean isTyped();

  /**
   * A secret: typed without being shown, or the next line that is piped in.
   *
   * @throws Failure when there is none
   */
  String secret(String prompt);

  /** Nothing is typed and nothing comes. */
  Input NONE =
      new Input() {
        @Override
        public boolean isTyped() {
          return false;
        }

        @Override
        public String secret(String prompt) {
          throw missing();
        }
      };

  /** The standard input of this process. */
  static Input ofProcess(Map<String, String> environment) {
    boolean typed = Console.isTerminal(environment, 0);
    return new Input() {
      @Override
      public boolean isTyped() {
        return typed;
      }

      @Override
      public String secret(String prompt) {
        return typed ? asked(prompt) : piped();
      }
    };
  }

  private static String asked(String prompt) {
    java.io.Console console = System.console();
    if (console == null) {
      // Without it, what is typed would be shown.
      throw Failure.usage(
          "nothing can be asked while the output goes elsewhere",
          "Leave the output on the terminal, or pipe the secret in.");
    }
    char[] typed = console.readPassword("%s", prompt);
    if (typed == null) {
      throw missing();
    }
    return new String(typed);
  }

  private static String piped() {
    try {
      String line =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      if (line == null) {
        throw missing();
      }
      return line;
    } catch (IOException e) {
      throw Failure.failed("standard input cannot be read", "", e);
    }
  }

  private static Failure missing() {
    return Failure.usage("the password is missing", "Type it when asked, or pipe it in as a line.");
  }
}
