package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.run.Severity;
import io.profilemesh.cli.run.TestEvent;
import io.profilemesh.cli.run.TestEventSender;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.schema.DriftEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tries whether alerts arrive. */
@Command(
    name = "send-test-event",
    description = {
      "Put a drift event that is marked as a test onto the topic of drift events, to see whether"
          + " alerts arrive where they should.",
      "Its field test is true; no table stores it, and no list shows it."
    },
    footer = {
      "",
      "Example: profilemesh send-test-event shop.public.orders --severity high --owner shop-team"
    })
final class SendTestEventCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final TopicOptions mesh;
  @Mixin final OutputOptions output;

  @Parameters(
      paramLabel = "DATASET",
      arity = "0..1",
      defaultValue = "test.public.test",
      description = "What it seems to be about: source.schema.table (default: test.public.test).")
  String dataset = "test.public.test";

  @Option(
      names = "--severity",
      paramLabel = "SEVERITY",
      defaultValue = "HIGH",
      description = "How much it seems to matter: low, medium or high (default: high).")
  Severity severity = Severity.HIGH;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      defaultValue = "test",
      description = "Environment that it names (default: test).")
  String environment = "test";

  @Option(names = "--owner", paramLabel = "NAME", description = "Owner that it names.")
  @Nullable String owner;

  @Option(names = "--tag", paramLabel = "TAG", description = "Tag that it names; may be repeated.")
  List<String> tags = new ArrayList<>();

  SendTestEventCommand(Session session) {
    mesh = new TopicOptions(session);
    output = new OutputOptions(session);
  }

  @Override
  public Integer call() {
    DatasetId about = DatasetId.parse(Objects.requireNonNull(DatasetOptions.canonical(dataset)));
    DriftEvent event =
        new TestEvent(about, severity, environment, owner, tags, mesh.session().requester())
            .toRecord(UUID.randomUUID(), Instant.now());
    try (TestEventSender sender = mesh.testEvents()) {
      sender.send(event);
    }
    output.details(
        JsonNodeFactory.instance
            .objectNode()
            .put("eventId", event.getEventId())
            .put("topic", mesh.prefix() + "drift-events")
            .put("datasetId", event.getDatasetId())
            .put("severity", severity.toString())
            .put("message", event.getMessage()));
    return ExitCode.OK.code();
  }
}
