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
      "  profilemesh profile shop.public.orders --sample-fraction 0.1",
      "  profilemesh profile shop/public/orders@daily --backfill 30",
      "  profilemesh profile --dbt-manifest target/manifest.json --wait"
    })
final class ProfileCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final KafkaOptions mesh;
  @Mixin final TableOptions choice;
  @Mixin final OutputOptions output;

  @Parameters(
      arity = "0..*",
      paramLabel = "TABLE",
      description =
          "table, schema.table, source.schema.table, a pattern such as 'public.*', or a regular"
              + " expression between slashes.")
  List<String> tables = new ArrayList<>();

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
      names = "--dry-run",
      description = "Show what a scheduled run would read, like plan; no table is read.")
  boolean dryRun;

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
    choice = new TableOptions(session, mesh);
    output = new OutputOptions(session);
  }

  @Override
  public Integer call() throws InterruptedException {
    check();
    if (dryRun) {
      return new Plan(session, mesh, output).show(choice.plans(tables), timeout).code();
    }
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
            order.isMany()
                ? follower.followRequest(order, deadline, line)
                : follower.follow(order.runId(), 1, deadline, line);
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

  private List<ProfileOrder> orders() {
    SourceChoice sources = choice.sources();
    List<ProfileOrder> orders = new ArrayList<>();
    for (TableName table : choice.names(tables)) {
      orders.add(order(sources, table, List.of()));
    }
    List<String> models = choice.models();
    if (!models.isEmpty()) {
      TableName first = new TableName(null, models.get(0), null);
      orders.add(order(sources, first, models.subList(1, models.size())));
    }
    return orders;
  }

  private ProfileOrder order(SourceChoice sources, TableName table, List<String> more) {
    return new ProfileOrder(
        requestId != null ? requestId : UUID.randomUUID().toString(),
        sources.of(table),
        table,
        more,
        choice.exclude,
        includeColumns,
        excludeColumns,
        sampleFraction,
        sampleSeed,
        choice.backfill,
        choice.span(),
        false,
        choice.requester(),
        reason);
  }

  private void check() {
    if (tables.isEmpty() && choice.dbtManifest == null) {
      throw Failure.usage(
          "nothing to profile is named", "Name a table or a pattern, or give --dbt-manifest FILE.");
    }
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
