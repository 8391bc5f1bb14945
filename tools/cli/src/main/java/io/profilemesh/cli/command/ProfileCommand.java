package io.profilemesh.cli.command;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.rest.Rest;
import io.profilemesh.cli.run.OrderSender;
import io.profilemesh.cli.run.ProfileOrder;
import io.profilemesh.cli.run.RunFollower;
import io.profilemesh.cli.run.RunOutcome;
import io.profilemesh.cli.run.RunsApi;
import io.profilemesh.cli.run.Severity;
import io.profilemesh.cli.run.SourceChoice;
import io.profilemesh.cli.run.TableName;
import io.profilemesh.core.profile.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for profiles and, when told, waits for the judgement. */
@Command(
    name = "profile",
    description = "Profile tables; with --wait, follow the runs to their verdicts.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:requested; with --wait: every run completed",
      "1:a run failed, or was not done in time",
      "2:the command line is wrong",
      "3:with --fail-on-drift: drift at or above that severity",
      "4:with --fail-on-drift: no drift, but a run had nothing to be compared with"
    },
    footer = {
      "",
      "Examples:",
      "  profilemesh profile public.orders",
      "  profilemesh profile 'public.*' --wait --fail-on-drift medium",
      "  profilemesh profile shop.public.orders --sample-fraction 0.1"
    })
final class ProfileCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final KafkaOptions mesh;
  @Mixin final OutputOptions output;

  @Parameters(
      arity = "1..*",
      paramLabel = "TABLE",
      description =
          "schema.table, source.schema.table, a pattern such as 'public.*', or a regular expression"
              + " between slashes.")
  List<String> tables = new ArrayList<>();

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description =
          "Source of the tables, as in the profiler's configuration; not needed where there is only"
              + " one.")
  @Nullable String source;

  @Option(names = "--wait", description = "Wait until the runs have ended and are judged.")
  boolean wait;

  @Option(
      names = "--fail-on-drift",
      paramLabel = "SEVERITY",
      description =
          "Wait, and end with exit code 3 on drift of at least this severity: low, medium or high.")
  @Nullable Severity failOnDrift;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print the outcome and nothing else.")
  boolean quiet;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10m",
      converter = DurationText.class,
      description = "How long to wait: 90s, 10m, 2h (default: 10m).")
  Duration timeout = Duration.ofMinutes(10);

  @Option(
      names = "--sample-fraction",
      paramLabel = "F",
      description = "Profile this share of the rows, above 0 and at most 1.")
  @Nullable Double sampleFraction;

  @Option(
      names = "--sample-seed",
      paramLabel = "N",
      description = "Seed of the sample: the same seed reads the same rows.")
  @Nullable Long sampleSeed;

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      description = "Leave tables out of a pattern; may be repeated.")
  List<String> exclude = new ArrayList<>();

  @Option(
      names = "--include-column",
      paramLabel = "PATTERN",
      description = "Profile only columns of this pattern; may be repeated.")
  List<String> includeColumns = new ArrayList<>();

  @Option(
      names = "--exclude-column",
      paramLabel = "PATTERN",
      description = "Leave columns of this pattern out; may be repeated.")
  List<String> excludeColumns = new ArrayList<>();

  @Option(
      names = "--request-id",
      paramLabel = "ID",
      description = "Identity of the request: repeating one within 7 days changes nothing.")
  @Nullable String requestId;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for people.")
  @Nullable String reason;

  private final Session session;

  ProfileCommand(Session session) {
    this.session = session;
    mesh = new KafkaOptions(session);
    output = new OutputOptions(session);
  }

  @Override
  public Integer call() throws InterruptedException {
    check();
    List<ProfileOrder> orders = orders();
    boolean waiting = wait || failOnDrift != null;
    // Known before anything is sent: a request that cannot be followed is not made.
    Rest rest = waiting ? mesh.rest(mesh.server) : null;
    try (OrderSender sender = mesh.sender()) {
      sender.send(orders);
    }
    ProfileReport report = new ProfileReport(session.console(), output, quiet);
    if (rest == null) {
      report.requested(orders);
      return ExitCode.OK.code();
    }
    return follow(orders, rest, report);
  }

  private int follow(List<ProfileOrder> orders, Rest rest, ProfileReport report)
      throws InterruptedException {
    InstantSource clock = InstantSource.system();
    RunFollower follower =
        new RunFollower(new RunsApi(rest), clock, time -> Thread.sleep(time.toMillis()));
    Instant deadline = clock.instant().plus(timeout);
    List<RunOutcome> outcomes = new ArrayList<>();
    boolean complete = true;
    WaitingLine line = new WaitingLine(session.console(), clock, quiet);
    List<RunId> runs = orders.stream().map(ProfileOrder::runId).toList();
    try (Farewell farewell = new Farewell(session.console(), runs)) {
      for (ProfileOrder order : orders) {
        RunFollower.Followed followed =
            follower.follow(order.runId(), expected(order), deadline, line);
        outcomes.addAll(followed.outcomes());
        complete &= followed.complete();
      }
    }
    line.clear();
    report.outcomes(outcomes);
    if (!complete) {
      throw Failure.failed(
          "not done within " + timeout.toSeconds() + " s",
          "The runs go on. Look again: profilemesh query runs --run-id "
              + orders.get(0).runId()
              + "\nOr end them: profilemesh cancel "
              + orders.get(0).runId());
    }
    return RunOutcome.exitCode(outcomes, failOnDrift).code();
  }

  private static int expected(ProfileOrder order) {
    return order.table().isPattern() ? RunFollower.UNKNOWN : 1;
  }

  private List<ProfileOrder> orders() {
    SourceChoice sources =
        new SourceChoice(
            source != null ? source : session.variable("PROFILEMESH_SOURCE").orElse(null),
            () -> mesh.server == null ? mesh.mesh().sources() : Set.of(),
            () -> mesh.rest(mesh.server));
    String requester = session.variable("USER").map(user -> "cli:" + user).orElse("cli");
    List<ProfileOrder> orders = new ArrayList<>();
    for (String text : tables) {
      TableName table = TableName.parse(text);
      orders.add(
          new ProfileOrder(
              requestId != null ? requestId : UUID.randomUUID().toString(),
              sources.of(table),
              table,
              exclude,
              includeColumns,
              excludeColumns,
              sampleFraction,
              sampleSeed,
              requester,
              reason));
    }
    return orders;
  }

  private void check() {
    if (requestId != null && tables.size() > 1) {
      throw Failure.usage(
          "--request-id is the identity of one request, but there are " + tables.size() + " tables",
          "Name one table or one pattern.");
    }
    if (sampleFraction != null && !(sampleFraction > 0 && sampleFraction <= 1)) {
      throw Failure.usage(
          "--sample-fraction is " + sampleFraction, "It is above 0 and at most 1: 0.1 is a tenth.");
    }
    if (sampleSeed != null && sampleFraction == null) {
      throw Failure.usage("--sample-seed alone changes nothing", "Add --sample-fraction.");
    }
  }
}
