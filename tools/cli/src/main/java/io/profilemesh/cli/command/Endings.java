package io.profilemesh.cli.command;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.Console;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.cli.rest.RestProblem;
import io.profilemesh.stack.StackException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever ends a command early into one message, what to do next, and an exit code. */
final class Endings implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private final Session session;

  Endings(Session session) {
    this.session = session;
  }

  @Override
  public int handleExecutionException(Exception end, CommandLine line, ParseResult parsed) {
    if (end instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return tell(Failure.failed("interrupted", "", end));
    }
    if (end instanceof Failure failure) {
      return tell(failure);
    }
    if (end instanceof RestProblem problem) {
      return tell(problem.asFailure());
    }
    if (end instanceof StackException trouble) {
      return tell(Failure.failed(trouble.problem(), trouble.remedy(), end));
    }
    return tell(
        Failure.failed(
            "something went wrong that should not: " + end,
            "Run again with PROFILEMESH_DEBUG=1 and report what it prints.",
            end));
  }

  @Override
  public int handleParseException(ParameterException end, String[] arguments) {
    CommandLine line = end.getCommandLine();
    PrintWriter err = session.console().err();
    tell(Failure.usage(message(end), ""));
    UnmatchedArgumentException.printSuggestions(end, err);
    err.println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.code();
  }

  private static String message(ParameterException end) {
    String message = String.valueOf(end.getMessage());
    return end instanceof CommandLine.MissingParameterException
        ? message.replace("Missing required parameter: ", "missing: ")
        : message;
  }

  private int tell(Failure failure) {
    Console console = session.console();
    console.out().flush();
    String message = String.valueOf(failure.getMessage());
    console.err().println(console.errColours().bad("Error: ") + safe(message));
    if (!failure.remedy().isEmpty()) {
      console.err().println(safe(failure.remedy()));
    }
    if (session.debug()) {
      trace(failure);
    }
    console.err().flush();
    return failure.exitCode().code();
  }

  private void trace(Throwable thrown) {
    PrintWriter err = session.console().err();
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      err.println(each);
      for (StackTraceElement element : each.getStackTrace()) {
        err.println("    at " + element);
      }
    }
  }

  private static String safe(String text) {
    return text.lines()
        .map(DisplayText::printable)
        .collect(java.util.stream.Collectors.joining("\n"));
  }
}
