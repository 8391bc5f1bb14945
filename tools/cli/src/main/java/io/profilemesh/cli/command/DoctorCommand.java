package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.check.Finding;
import io.profilemesh.cli.connection.MeshAddresses;
import io.profilemesh.cli.mesh.LocalMesh;
import io.profilemesh.cli.mesh.LocalMesh.Part;
import io.profilemesh.cli.mesh.LocalMesh.State;
import io.profilemesh.cli.migrate.MetadataTables;
import io.profilemesh.cli.output.Formats;
import io.profilemesh.cli.output.ProgressLine;
import io.profilemesh.cli.rest.Parameters;
import io.profilemesh.cli.rest.Rest;
import io.profilemesh.cli.rest.RestProblem;
import io.profilemesh.cli.source.SourceProbe;
import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.metadata.MigrationStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks at every part of a mesh and says what to do about those that do not work. */
@Command(
    name = "doctor",
    description = {
      "Look at every part of a mesh: query service and key, brokers, topics and rights, schema"
          + " registry, versions of the tables, replication slots. Changes nothing.",
      "Parts that nobody named are passed over; replication slots are those of --config, else the"
          + " local mesh's."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no part has a problem",
      "1:one has, or nothing is there to look at",
      "2:the command line is wrong"
    },
    footer = {
      "",
      "Examples:",
      "  profilemesh doctor",
      "  profilemesh doctor --url https://mesh.example:8090 --format json"
    })
final class DoctorCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final WholeMeshOptions mesh;
  @Mixin final SourcesFile sources;
  @Mixin final OutputOptions output;

  private final Session session;

  DoctorCommand(Session session) {
    this.session = session;
    mesh = new WholeMeshOptions(session);
    sources = new SourcesFile(session);
    output = new OutputOptions(session);
  }

  /** Something to look at. */
  @FunctionalInterface
  private interface Look {
    List<Finding> at() throws Failure;
  }

  @Override
  public Integer call() {
    List<Finding> findings = new ArrayList<>();
    ProgressLine progress = new ProgressLine(session.console());
    look("local mesh", this::local, findings, progress);
    look(
        "query service",
        () -> part("query service", mesh.query(), this::query),
        findings,
        progress);
    look("broker", () -> part("broker", mesh.broker(), each -> each.examine()), findings, progress);
    look(
        "registry",
        () -> part("registry", mesh.schemas(), each -> schemas(each.check())),
        findings,
        progress);
    look("tables", () -> part("tables", mesh.tables(), DoctorCommand::tables), findings, progress);
    look("changes", this::changes, findings, progress);
    progress.clear();
    if (findings.stream().noneMatch(each -> each.state() != Finding.State.SKIPPED)) {
      throw Failure.failed(
          "there is nothing to look at: no local mesh runs in " + mesh.directory(),
          "Start one with: profilemesh up. Or name another mesh: --url, --bootstrap-servers,"
              + " --registry-url, --jdbc-url.");
    }
    return Findings.print(findings, output);
  }

  private static void look(
      String subject, Look look, List<Finding> findings, ProgressLine progress) {
    progress.show("looking at " + subject);
    try {
      findings.addAll(look.at());
    } catch (Failure failure) {
      if (failure.exitCode() == ExitCode.USAGE) {
        throw failure;
      }
      findings.add(
          Finding.problem(subject, String.valueOf(failure.getMessage()), failure.remedy()));
    } catch (RestProblem problem) {
      Failure failure = problem.asFailure();
      findings.add(
          Finding.problem(subject, String.valueOf(failure.getMessage()), failure.remedy()));
    }
  }

  private static <T> List<Finding> part(
      String subject, Optional<T> part, Function<T, List<Finding>> look) {
    return part.map(look)
        .orElseGet(
            () ->
                List.of(
                    Finding.skipped(
                        subject, "nobody said where it is", "See: profilemesh doctor --help")));
  }

  /** The parts of the local mesh that do not serve. */
  private List<Finding> local() {
    LocalMesh local = mesh.mesh();
    List<Finding> findings = new ArrayList<>();
    if (local.addresses().isEmpty()) {
      return findings;
    }
    for (Part part : local.parts()) {
      if (part.state() == State.READY) {
        findings.add(Finding.ok(part.name(), "ready at " + part.address()));
      } else {
        String log = part.log() == null ? mesh.directory().resolve("logs").toString() : part.log();
        findings.add(
            Finding.problem(
                part.name(),
                part.state() == State.STOPPED ? "does not run" : "runs, but is not ready",
                "Look into its log, " + log + "; start it again: profilemesh up"));
      }
    }
    return findings;
  }

  private List<Finding> query(Rest rest) {
    List<Finding> findings = new ArrayList<>();
    JsonNode health = rest.health();
    boolean up = health.path("status").asText().equals("UP");
    findings.add(
        up
            ? Finding.ok("query service", "ready at " + mesh.server(mesh.server))
            : Finding.problem(
                "query service",
                "not ready: " + down(health),
                "It goes on by itself when what it waits for is there; else see its log."));
    JsonNode me = rest.get("/me", new Parameters());
    String grants = Formats.text(me.path("grants"));
    findings.add(
        me.path("kind").asText().equals("anyone")
            ? Finding.warning(
                "key",
                "access control is off: everybody may do everything",
                "Leave out profilemesh.access.mode=off: docs/access.md")
            : Finding.ok("key", me.path("name").asText() + " may " + grants));
    JsonNode version = rest.get("/schema-version", new Parameters()).path("version");
    findings.add(Finding.ok("versions", "the service's tables are at version " + version.asText()));
    return findings;
  }

  /** The checks that are down, with what they say of themselves. */
  private static String down(JsonNode health) {
    List<String> texts = new ArrayList<>();
    for (JsonNode check : health.path("checks")) {
      if (!check.path("status").asText().equals("UP")) {
        texts.add(check.path("name").asText() + " " + check.path("data"));
      }
    }
    return String.join("; ", texts);
  }

  private static List<Finding> schemas(List<String> problems) {
    return problems.isEmpty()
        ? List.of(Finding.ok("registry", "holds every schema of this version"))
        : problems.stream()
            .map(
                problem ->
                    Finding.problem(
                        "registry", problem, "Bring it up to date: profilemesh schemas register"))
            .toList();
  }

  private static List<Finding> tables(MetadataTables tables) {
    MigrationStatus status = tables.status();
    if (status.current() > status.latest()) {
      return List.of(
          Finding.problem(
              "tables",
              "they are at version %d, this program knows %d"
                  .formatted(status.current(), status.latest()),
              "Use the program of the mesh's version."));
    }
    if (!status.pending().isEmpty()) {
      return List.of(
          Finding.problem(
              "tables",
              "they are at version %d of %d".formatted(status.current(), status.latest()),
              "Bring them up to date: profilemesh migrate apply"));
    }
    int differences = tables.validate().differences().size();
    return List.of(
        differences == 0
            ? Finding.ok("tables", "at version " + status.current() + ", exactly as expected")
            : Finding.problem(
                "tables",
                Formats.count(differences, "difference") + " from what this version expects",
                "See them: profilemesh migrate validate"));
  }

  private List<Finding> changes() {
    if (sources.isNamed()) {
      ProfilerConfiguration configuration = sources.load();
      SourceProbe probe = sources.probe();
      return configuration.sources().values().stream()
          .filter(source -> source.enabled())
          .flatMap(source -> probe.capture(source, configuration).stream())
          .toList();
    }
    LocalMesh local = mesh.mesh();
    Optional<MeshAddresses> addresses = local.addresses();
    if (addresses.isPresent() && !local.sources().isEmpty()) {
      return sources.probe().slots("changes of the shop", addresses.get().shop());
    }
    return List.of(Finding.skipped("changes", "no sources are named", "Name them: --config FILE"));
  }
}
