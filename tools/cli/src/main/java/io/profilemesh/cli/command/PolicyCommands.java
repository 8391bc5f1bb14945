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
    description = "List, get, try, set and delete the policies that say what counts as drift.",
    subcommands = PolicyTestCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  profilemesh policy get orders --format json --output orders.json",
      "  profilemesh policy test orders.json --days 90",
      "  profilemesh policy set orders.json"
    })
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

  @Command(
      name = "get",
      description = "Show a policy; with --format json, in the form that policy set takes.")
  int get(
      @Mixin HelpOption helpOption,
      @Mixin ServerOptions server,
      @Mixin OutputOptions output,
      @Parameters(paramLabel = "POLICY", description = "Id, as policy list shows it.")
          String policy) {
    JsonNode answer = server.rest().get(path(policy), new io.profilemesh.cli.rest.Parameters());
    output.details(answer.path("policy"));
    return ExitCode.OK.code();
  }

  @Command(
      name = "set",
      description = "Write the policies of JSON files, each one policy or a list of them.")
  int set(
      @Mixin HelpOption helpOption,
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files to take them from.")
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
      throw Failure.usage(
          file + " is no JSON", "See one: profilemesh policy get POLICY --format json");
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
    return new io.profilemesh.cli.rest.Parameters().with("requester", session.requester());
  }

  private void say(String sentence) {
    session.console().err().println(DisplayText.printable(sentence));
    session.console().err().flush();
  }

  private static String path(String policy) {
    return "/policies/" + io.profilemesh.cli.rest.Parameters.segment(policy);
  }
}
