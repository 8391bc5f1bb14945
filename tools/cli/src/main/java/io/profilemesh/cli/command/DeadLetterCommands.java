package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.letter.DeadLetterDesk;
import io.profilemesh.cli.letter.Letter;
import io.profilemesh.cli.letter.Original;
import io.profilemesh.cli.letter.Replay;
import io.profilemesh.cli.letter.Replay.Outcome;
import io.profilemesh.cli.output.Formats;
import io.profilemesh.cli.output.OutputFormat;
import io.profilemesh.cli.output.ProgressLine;
import io.profilemesh.cli.query.LetterColumns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows dead letters and gives their records to their topics once more. */
@Command(
    name = "dead-letters",
    description =
        "Show the records that a service could not process, where they are and why, and give them"
            + " to their topics once more.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  profilemesh dead-letters list --days 7",
      "  profilemesh dead-letters replay --code UNKNOWN_SCHEMA_ID --dry-run"
    })
final class DeadLetterCommands implements Runnable {

  private static final int SHORTEST_ID = 4;

  @Mixin final HelpOption help = new HelpOption();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  private final Session session;

  DeadLetterCommands(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "list, show or replay is missing");
  }

  /** Which letters are wanted. */
  static final class Filters {
    @Option(
        names = "--topic",
        paramLabel = "TOPIC",
        description = "Letters about records of this topic, with or without the prefix.")
    @Nullable String topic;

    @Option(
        names = "--service",
        paramLabel = "NAME",
        description = "Letters of this service, such as query-service.")
    @Nullable String service;

    @Option(
        names = "--code",
        paramLabel = "CODE",
        description = "Letters with this reason, such as UNKNOWN_SCHEMA_ID: docs/errors.md.")
    @Nullable String code;

    boolean areGiven() {
      return topic != null || service != null || code != null;
    }

    Predicate<Letter> wanted(String prefix, Predicate<Instant> time) {
      return each ->
          (topic == null
                  || each.letter().getTopic().equals(topic)
                  || each.letter().getTopic().equals(prefix + topic))
              && (service == null || each.letter().getService().equals(service))
              && (code == null || each.letter().getCode().equalsIgnoreCase(code))
              && time.test(each.refusedAt());
    }
  }

  @Command(name = "list", description = "List dead letters, the last written first.")
  int list(
      @Mixin HelpOption helpOption,
      @Mixin TopicOptions mesh,
      @Mixin Filters filters,
      @Mixin TimeOptions time,
      @Mixin PartOptions part,
      @Mixin OutputOptions output) {
    part.check();
    List<Letter> letters = read(mesh, filters.wanted(mesh.prefix(), time.wanted(Instant.now())));
    List<Letter> shown = part.of(letters);
    output.list(LetterColumns.LETTERS, shown.stream().map(LetterColumns::row).toList());
    if (output.format == OutputFormat.TABLE) {
      if (letters.isEmpty()) {
        say("No dead letters.");
      } else if (shown.size() < letters.size()) {
        say("%d of %d: add --all.".formatted(shown.size(), letters.size()));
      }
    }
    return ExitCode.OK.code();
  }

  @Command(
      name = "show",
      description =
          "Show a dead letter, and whether its record is still in its topic. What is in the record"
              + " is never shown.")
  int show(
      @Mixin HelpOption helpOption,
      @Mixin TopicOptions mesh,
      @Mixin OutputOptions output,
      @Parameters(paramLabel = "LETTER", description = "Id, or how it begins.") String id) {
    try (DeadLetterDesk desk = mesh.deadLetters()) {
      Letter letter = one(desk.read(withIds(List.of(id))), id);
      Original original = desk.original(letter);
      ObjectNode row = LetterColumns.row(letter);
      ObjectNode record = row.putObject("record");
      record.put("there", original.there()).put("replayed", original.replayed());
      original.headers().forEach(record.putArray("headers")::add);
      output.details(row);
    }
    return ExitCode.OK.code();
  }

  @Command(
      name = "replay",
      description = {
        "Give the records of dead letters to their topics once more, as they were: after what made"
            + " them be refused was mended. Each is replayed once, however often this is asked"
            + " for.",
        "Every consumer of the topic gets them, also those that had not refused them."
      },
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:every record stands in its topic once more",
        "1:one could not be replayed",
        "2:the command line is wrong"
      })
  int replay(
      @Mixin HelpOption helpOption,
      @Mixin TopicOptions mesh,
      @Mixin Filters filters,
      @Mixin TimeOptions time,
      @Mixin OutputOptions output,
      @Option(names = "--dry-run", description = "Say what would be replayed, and do nothing.")
          boolean dryRun,
      @Parameters(
              paramLabel = "LETTER",
              arity = "0..*",
              description = "Ids, or how they begin (default: those that the options name).")
          @Nullable List<String> named) {
    List<String> ids = named == null ? List.of() : named;
    if (ids.isEmpty() && !filters.areGiven()) {
      throw Failure.usage(
          "which letters to replay is missing", "Name their ids, or --topic, --service or --code.");
    }
    Predicate<Letter> wanted =
        filters.wanted(mesh.prefix(), time.wanted(Instant.now())).and(withIds(ids));
    List<Replay> replays;
    try (DeadLetterDesk desk = mesh.deadLetters()) {
      List<Letter> letters = desk.read(wanted);
      ids.forEach(id -> one(letters, id));
      replays = desk.replay(letters, dryRun);
    }
    output.list(LetterColumns.REPLAYS, replays.stream().map(LetterColumns::row).toList());
    return end(replays);
  }

  private int end(List<Replay> replays) {
    long lost =
        replays.stream()
            .filter(each -> each.outcome() == Outcome.GONE || each.outcome() == Outcome.FOREIGN)
            .count();
    long done = replays.stream().filter(each -> each.outcome() == Outcome.REPLAYED).count();
    say(Formats.count(done, "record") + " replayed.");
    if (lost > 0) {
      throw Failure.failed(
          Formats.count(lost, "record") + " could not be replayed",
          "The topic no longer has them, or is none of this mesh: let their producer send them"
              + " again.");
    }
    return ExitCode.OK.code();
  }

  private List<Letter> read(TopicOptions mesh, Predicate<Letter> wanted) {
    ProgressLine progress = new ProgressLine(session.console());
    progress.show("reading the dead letters");
    try (DeadLetterDesk desk = mesh.deadLetters()) {
      return desk.read(wanted);
    } finally {
      progress.clear();
    }
  }

  private static Predicate<Letter> withIds(List<String> ids) {
    for (String id : ids) {
      if (id.length() < SHORTEST_ID) {
        throw Failure.usage(
            "'" + id + "' is too short for an id", "Write 4 letters of it or more.");
      }
    }
    return each ->
        ids.isEmpty()
            || ids.stream().anyMatch(id -> each.letter().getDeadLetterId().startsWith(id));
  }

  private static Letter one(List<Letter> letters, String id) {
    List<Letter> found = new ArrayList<>();
    for (Letter each : letters) {
      if (each.letter().getDeadLetterId().startsWith(id)) {
        found.add(each);
      }
    }
    if (found.size() > 1) {
      throw Failure.usage("several dead letters begin with " + id, "Write more of the id.");
    }
    if (found.isEmpty()) {
      throw Failure.failed(
          "there is no dead letter " + id, "List them: profilemesh dead-letters list");
    }
    return found.get(0);
  }

  private void say(String sentence) {
    session.console().err().println(sentence);
    session.console().err().flush();
  }
}
