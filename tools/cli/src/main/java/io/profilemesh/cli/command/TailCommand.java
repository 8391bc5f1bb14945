package io.profilemesh.cli.command;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.topic.TopicTail;
import io.profilemesh.schema.Topic;
import io.profilemesh.schema.Topics;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the records of a topic, decoded. */
@Command(
    name = "tail",
    description = "Print the records of a topic as they come, one line of JSON each.",
    footer = {"", "Example: profilemesh tail drift-events --from-beginning --limit 5"})
final class TailCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final TopicOptions mesh;

  @Parameters(
      paramLabel = "TOPIC",
      description = "Topic without the prefix, such as drift-events or run-events.")
  @SuppressWarnings("NullAway.Init")
  String topic;

  @Option(
      names = "--from-beginning",
      description = "Begin with the oldest record instead of the next one.")
  boolean fromBeginning;

  @Option(names = "--limit", paramLabel = "N", description = "Stop after N records.")
  @Nullable Long limit;

  TailCommand(Session session) {
    mesh = new TopicOptions(session);
  }

  @Override
  public Integer call() {
    if (limit != null && limit < 1) {
      throw Failure.usage("--limit is " + limit, "It is at least 1.");
    }
    PrintWriter out = mesh.session().console().out();
    long[] left = {limit == null ? Long.MAX_VALUE : limit};
    try (TopicTail tail = mesh.tail(chosen())) {
      tail.read(
          fromBeginning,
          line -> {
            if (left[0] > 0) {
              out.println(line);
            }
            // A reader that has gone away, such as head, ends the command.
            return --left[0] > 0 && !out.checkError();
          });
    }
    return ExitCode.OK.code();
  }

  private Topic chosen() {
    String prefix = mesh.prefix();
    List<Topic> all = new Topics(prefix).all();
    return all.stream()
        .filter(each -> each.name().equals(topic) || each.name().equals(prefix + topic))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.usage(
                    "there is no topic " + topic,
                    "There are: "
                        + String.join(
                            ", ",
                            all.stream()
                                .map(each -> each.name().substring(prefix.length()))
                                .toList())));
  }
}
