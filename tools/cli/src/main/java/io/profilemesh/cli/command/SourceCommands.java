package io.profilemesh.cli.command;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.check.Finding;
import io.profilemesh.cli.output.ProgressLine;
import io.profilemesh.cli.source.SourceProbe;
import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.configuration.SourceConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The configured sources. */
@Command(
    name = "source",
    description = "Try the sources of the profiler's configuration.",
    synopsisSubcommandLabel = "COMMAND")
final class SourceCommands implements Runnable {

  @Mixin final HelpOption help = new HelpOption();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  private final Session session;

  SourceCommands(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "test is missing");
  }

  @Command(
      name = "test",
      description =
          "Ask sources as the profiler would, from this machine: whether they answer, which tables"
              + " are there, what the role may and lacks, and whether changes can be followed."
              + " Reads no row of theirs and shows no secret.",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:every source can be profiled",
        "1:one cannot",
        "2:the command line is wrong"
      },
      footer = {"", "Example: profilemesh source test shop --config profilemesh.yaml"})
  int test(
      @Mixin HelpOption helpOption,
      @Mixin SourcesFile file,
      @Mixin OutputOptions output,
      @Parameters(
              paramLabel = "SOURCE",
              arity = "0..*",
              description =
                  "Only these, also those that are disabled (default: every enabled one).")
          List<String> names) {
    ProfilerConfiguration configuration = file.load();
    List<SourceConfig> sources = chosen(configuration, names == null ? List.of() : names);
    SourceProbe probe = file.probe();
    ProgressLine progress = new ProgressLine(session.console());
    List<Finding> findings = new ArrayList<>();
    for (SourceConfig source : sources) {
      progress.show("asking " + source.name());
      findings.addAll(probe.examine(source, configuration));
    }
    progress.clear();
    return Findings.print(findings, output);
  }

  private static List<SourceConfig> chosen(
      ProfilerConfiguration configuration, List<String> names) {
    List<SourceConfig> all =
        configuration.sources().values().stream()
            .sorted(Comparator.comparing(source -> source.name().toString()))
            .toList();
    for (String name : names) {
      if (all.stream().noneMatch(source -> source.name().toString().equals(name))) {
        throw Failure.usage(
            "the configuration has no source '" + name + "'",
            "It has: "
                + String.join(", ", all.stream().map(each -> each.name().toString()).toList()));
      }
    }
    return all.stream()
        .filter(
            source -> names.isEmpty() ? source.enabled() : names.contains(source.name().toString()))
        .toList();
  }
}
