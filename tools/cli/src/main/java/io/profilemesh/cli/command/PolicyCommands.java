package io.profilemesh.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.cli.query.IncidentColumns;
import io.profilemesh.cli.rest.Rest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists, shows, writes and removes policies. */
@Command(
    name = "policy",
    description = "List, show, try, apply and delete the policies that say what counts as drift.",
    subcommands = PolicyTestCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example: profilemesh policy apply orders.json"})
final class PolicyCommands implements Runnable {

  private static final JsonMapper JSON = new JsonMapper();

  @Mixin final HelpOption help = new HelpOption();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  private final Session session;

  PolicyCommands(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what to do with policies is missing");
  }

  @Command(name = "list", description = "List policies by id.")
  int list(
      @Mixin HelpOption helpOption,
      @Mixin ServerOptions server,
      @Mixin PagingOptions paging,
      @Mixin OutputOptions output) {
    new Answer(server, output, paging)
        .print(
            "/policies",
            IncidentColumns.POLICIES,
            paging.addTo(new io.profilemesh.cli.rest.Parameters()),
            "No policies: the built-in ones hold.");
    return ExitCode.OK.code();
  }

  @Command(name = "show", description = "Show a policy as JSON, in the form that apply takes.")
  int show(
      @Mixin HelpOption helpOption,
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "POLICY", description = "Id, as policy list shows it.")
          String policy) {
    JsonNode answer = server.rest().get(path(policy), new io.profilemesh.cli.rest.Parameters());
    session.console().out().println(answer.path("policy").toPrettyString());
    session.console().out().flush();
    return ExitCode.OK.code();
  }

  @Command(
      name = "apply",
      description = "Write the policies of JSON files, each one policy or a list of them.")
  int apply(
      @Mixin HelpOption helpOption,
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files to apply.")
          List<Path> files) {
    List<JsonNode> policies = new ArrayList<>();
    files.forEach(file -> policies.addAll(read(file)));
    Rest rest = server.rest();
    for (JsonNode policy : policies) {
      String id = policy.path("policyId").asText();
      Rest.Done done = rest.send("PUT", path(id), requester(), policy);
      say(
          done.status() == 202
              ? id + " is written and will be in force soon."
              : "%s is in force as version %d."
                  .formatted(id, done.body().path("version").asLong()));
    }
    return ExitCode.OK.code();
  }

  @Command(name = "delete", description = "Remove a policy.")
  int delete(
      @Mixin HelpOption helpOption,
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "POLICY", description = "Id, as policy list shows it.")
          String policy) {
    server.rest().send("DELETE", path(policy), new io.profilemesh.cli.rest.Parameters(), null);
    say(policy + " is removed.");
    return ExitCode.OK.code();
  }

  /** The policies of a file, one or a list of them. */
  static List<JsonNode> read(Path file) {
    JsonNode read;
    try {
      read = JSON.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw Failure.usage(file + " is no JSON", "See one: profilemesh policy show POLICY");
    } catch (IOException e) {
      throw Failure.failed("cannot read " + file, "Check the name of the file.", e);
    }
    List<JsonNode> policies = new ArrayList<>();
    if (read.isArray()) {
      read.forEach(policies::add);
    } else {
      policies.add(read);
    }
    for (JsonNode policy : policies) {
      if (!policy.path("policyId").isTextual() || policy.path("policyId").asText().isEmpty()) {
        throw Failure.usage(
            file + " has a policy without policyId", "Give each policy a policyId of its own.");
      }
    }
    return policies;
  }

  private io.profilemesh.cli.rest.Parameters requester() {
    String user = session.variable("USER").map(name -> "cli:" + name).orElse("cli");
    return new io.profilemesh.cli.rest.Parameters().with("requester", user);
  }

  private void say(String sentence) {
    session.console().err().println(DisplayText.printable(sentence));
    session.console().err().flush();
  }

  private static String path(String policy) {
    return "/policies/" + io.profilemesh.cli.rest.Parameters.segment(policy);
  }
}
