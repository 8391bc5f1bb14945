package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.access.KeyFile;
import io.profilemesh.cli.access.KeyTables;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.cli.query.KeyColumns;
import io.profilemesh.metadata.access.ApiKey;
import io.profilemesh.metadata.access.ApiKeySecret;
import io.profilemesh.metadata.access.Grant;
import io.profilemesh.metadata.access.NewApiKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes, lists and revokes keys, directly in the metadata database. */
@Command(
    name = "key",
    description = "Make, list and revoke the keys that REST asks for.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Keys are looked after in the metadata database itself, so that the first one can be made.",
      "Example: profilemesh key create ci --grant reader:shop/public --expires-in 90d"
    })
final class KeyCommands implements Runnable {

  @Mixin final HelpOption help = new HelpOption();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  private final Session session;

  KeyCommands(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "create, list or revoke is missing");
  }

  @Command(
      name = "create",
      description = "Make a key and print it. It is shown this once, and kept nowhere.")
  int create(
      @Mixin HelpOption helpOption,
      @Mixin DatabaseOptions database,
      @Parameters(paramLabel = "NAME", description = "What the key is for.") String name,
      @Mixin GrantOptions grants,
      @Option(
              names = "--expires-in",
              paramLabel = "TIME",
              description = "When the key ends, such as 12h or 90d (default: never).")
          @Nullable String expiresIn,
      @Option(
              names = "--key-file",
              paramLabel = "FILE",
              description = "Write the key to a file for its owner only, instead of printing it.")
          @Nullable Path file) {
    Instant now = Instant.now();
    KeyTables.Made made = database.keys().create(wanted(name, grants, expiresIn, now));
    if (file == null) {
      session.console().out().println(made.secret().reveal());
      session.console().out().flush();
    } else {
      new KeyFile(file).write(made.secret());
    }
    ApiKey key = made.key();
    say(
        "%s may %s%s. %s"
            .formatted(
                shown(key),
                grants(key),
                key.expiresAt() == null ? "" : " until " + key.expiresAt(),
                file == null ? "Keep it: it is not shown again." : "It is in " + file + "."));
    return ExitCode.OK.code();
  }

  @Command(name = "list", description = "List keys, the last made first.")
  int list(
      @Mixin HelpOption helpOption, @Mixin DatabaseOptions database, @Mixin OutputOptions output) {
    List<ApiKey> keys = database.keys().all();
    Instant now = Instant.now();
    output.list(KeyColumns.KEYS, keys.stream().map(key -> row(key, now)).toList());
    return ExitCode.OK.code();
  }

  @Command(name = "revoke", description = "Revoke keys: within a second nobody accepts them.")
  int revoke(
      @Mixin HelpOption helpOption,
      @Mixin DatabaseOptions database,
      @Parameters(
              paramLabel = "KEY",
              arity = "1..*",
              description = "How the key begins, as key list shows it, or its id.")
          List<String> keys) {
    KeyTables tables = database.keys();
    for (String key : keys) {
      ApiKey revoked =
          tables
              .revoke(prefix(key), session.requester(), Instant.now())
              .orElseThrow(
                  () ->
                      Failure.failed(
                          "there is no key " + ApiKeySecret.hideIn(key),
                          "List them: profilemesh key list"));
      say(shown(revoked) + " is revoked.");
    }
    return ExitCode.OK.code();
  }

  /** A whole key may be named, too. */
  private static String prefix(String key) {
    return ApiKeySecret.parse(key).map(ApiKeySecret::prefix).orElse(key);
  }

  private NewApiKey wanted(
      String name, GrantOptions grants, @Nullable String expiresIn, Instant now) {
    try {
      Instant end = expiresIn == null ? null : now.plus(duration(expiresIn));
      return new NewApiKey(name, grants.grants("the key"), session.requester(), now, end);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()), "");
    }
  }

  private static Duration duration(String text) {
    String iso = text.endsWith("d") ? "P" + text : "PT" + text;
    try {
      return Duration.parse(iso);
    } catch (DateTimeParseException e) {
      throw Failure.usage("--expires-in is no time: " + text, "Write 12h or 90d.");
    }
  }

  private static String shown(ApiKey key) {
    return ApiKeySecret.MARK + key.prefix() + " (" + key.name() + ")";
  }

  private static String grants(ApiKey key) {
    return key.grants().stream().map(Grant::toString).sorted().collect(Collectors.joining(" "));
  }

  private static ObjectNode row(ApiKey key, Instant now) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("keyId", key.id().toString())
        .put("prefix", ApiKeySecret.MARK + key.prefix())
        .put("name", key.name())
        .put("state", key.state(now))
        .put("grants", grants(key))
        .put("createdAt", key.createdAt().toString())
        .put("createdBy", key.createdBy())
        .put("expiresAt", text(key.expiresAt()))
        .put("revokedAt", text(key.revokedAt()))
        .put("revokedBy", key.revokedBy())
        .put("lastUsedAt", text(key.lastUsedAt()))
        .put("lastUsedAddress", key.lastUsedAddress());
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private void say(String sentence) {
    session.console().err().println(DisplayText.printable(sentence));
    session.console().err().flush();
  }
}
