package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.cli.query.KeyColumns;
import io.profilemesh.cli.run.RunsApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks after the people who sign in. */
@Command(
    name = "user",
    description = "Enter, change and list the people who sign in; for administrators.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "A password is asked for, or taken from standard input; never from the command line.",
      "Example: profilemesh user add ada --grant operator:shop"
    })
final class UserCommands implements Runnable {

  @Mixin final HelpOption help = new HelpOption();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  private final Session session;

  UserCommands(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "list, add, grant, password, disable, enable or sign-out is missing");
  }

  /** Who is meant. */
  static final class Who {
    @Parameters(paramLabel = "NAME", description = "Name to sign in with, as user list shows it.")
    @SuppressWarnings("NullAway.Init")
    String name;
  }

  @Command(name = "list", description = "List people by name.")
  int list(
      @Mixin HelpOption helpOption,
      @Mixin ServerOptions server,
      @Mixin PagingOptions paging,
      @Mixin OutputOptions output) {
    new Answer(server, output, paging)
        .print(
            "/users",
            KeyColumns.USERS,
            paging.addTo(new io.profilemesh.cli.rest.Parameters()),
            "Nobody is entered: programs show keys.");
    return ExitCode.OK.code();
  }

  @Command(name = "add", description = "Enter somebody and say what they may.")
  int add(
      @Mixin HelpOption helpOption,
      @Mixin ServerOptions server,
      @Mixin GrantOptions grants,
      @Parameters(
              paramLabel = "NAME",
              description = "Name to sign in with: letters, digits and . _ @ + - only.")
          String name,
      @Option(names = "--display-name", paramLabel = "TEXT", description = "How they are called.")
          @Nullable String displayName,
      @Option(names = "--email", paramLabel = "ADDRESS", description = "Where to write to them.")
          @Nullable String email,
      @Option(
              names = "--no-password",
              description = "Set none: they sign in at the identity provider, or later.")
          boolean withoutPassword) {
    ObjectNode body = body().put("name", name);
    put(body, grants, "somebody");
    if (displayName != null) {
      body.put("displayName", displayName);
    }
    if (email != null) {
      body.put("email", email);
    }
    if (!withoutPassword) {
      body.put("password", password());
    }
    JsonNode made = server.rest().send("POST", "/users", none(), body).body();
    say("%s may %s.".formatted(made.path("name").asText(), granted(made)));
    return ExitCode.OK.code();
  }

  @Command(name = "grant", description = "Say anew what somebody may: instead of what they could.")
  int grant(
      @Mixin HelpOption helpOption,
      @Mixin ServerOptions server,
      @Mixin GrantOptions grants,
      @Mixin Who who) {
    ObjectNode body = body();
    put(body, grants, "somebody");
    JsonNode changed = change(server, who, body);
    say("%s may %s.".formatted(changed.path("name").asText(), granted(changed)));
    return ExitCode.OK.code();
  }

  @Command(name = "password", description = "Set somebody's password; their sessions end.")
  int password(@Mixin HelpOption helpOption, @Mixin ServerOptions server, @Mixin Who who) {
    String id = id(server, who.name);
    change(server, id, body().put("password", password()));
    say(who.name + " has a new password; their sessions have ended.");
    return ExitCode.OK.code();
  }

  @Command(name = "disable", description = "Let somebody in no more; their sessions end at once.")
  int disable(@Mixin HelpOption helpOption, @Mixin ServerOptions server, @Mixin Who who) {
    change(server, who, body().put("active", false));
    say(who.name + " is disabled; their sessions have ended.");
    return ExitCode.OK.code();
  }

  @Command(name = "enable", description = "Let somebody in again.")
  int enable(@Mixin HelpOption helpOption, @Mixin ServerOptions server, @Mixin Who who) {
    change(server, who, body().put("active", true));
    say(who.name + " may sign in again.");
    return ExitCode.OK.code();
  }

  @Command(name = "sign-out", description = "End every session of somebody, at once.")
  int signOut(@Mixin HelpOption helpOption, @Mixin ServerOptions server, @Mixin Who who) {
    String path = "/users/" + id(server, who.name) + "/sessions";
    server.rest().send("DELETE", path, none(), null);
    say("Every session of " + who.name + " has ended.");
    return ExitCode.OK.code();
  }

  private static JsonNode change(ServerOptions server, Who who, ObjectNode body) {
    return change(server, id(server, who.name), body);
  }

  private static JsonNode change(ServerOptions server, String id, ObjectNode body) {
    return server.rest().send("PATCH", "/users/" + id, none(), body).body();
  }

  /** The id of somebody: people know names. */
  private static String id(ServerOptions server, String name) {
    return new RunsApi(server.rest())
        .all("/users", none()).stream()
            .filter(user -> user.path("name").asText().equalsIgnoreCase(name))
            .map(user -> user.path("userId").asText())
            .findFirst()
            .orElseThrow(
                () ->
                    Failure.failed(
                        "there is nobody called " + name, "List people: profilemesh user list"));
  }

  /** Typed twice, because it is not seen; or piped in. */
  private String password() {
    String password = session.input().secret("Password: ");
    if (session.input().isTyped() && !session.input().secret("Again: ").equals(password)) {
      throw Failure.usage("the two passwords differ", "Type the same one twice.");
    }
    return password;
  }

  private static void put(ObjectNode body, GrantOptions grants, String whose) {
    grants.grants(whose).forEach(grant -> body.withArray("grants").add(grant.toString()));
  }

  private static String granted(JsonNode user) {
    StringBuilder text = new StringBuilder();
    user.path("grants")
        .forEach(grant -> text.append(text.isEmpty() ? "" : " ").append(grant.asText()));
    return text.toString();
  }

  private static ObjectNode body() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static io.profilemesh.cli.rest.Parameters none() {
    return new io.profilemesh.cli.rest.Parameters();
  }

  private void say(String sentence) {
    session.console().err().println(DisplayText.printable(sentence));
    session.console().err().flush();
  }
}
