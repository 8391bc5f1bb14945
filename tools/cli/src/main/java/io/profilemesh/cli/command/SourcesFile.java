package io.profilemesh.cli.command;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.source.SourceProbe;
import io.profilemesh.configuration.CheckOptions;
import io.profilemesh.configuration.CheckedConfiguration;
import io.profilemesh.configuration.ConfigurationFile;
import io.profilemesh.configuration.ProfilerConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The profiler's file, as the sources in it are to be asked. */
final class SourcesFile {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The profiler's sources and datasets (default: $PROFILEMESH_CONFIG).")
  @Nullable Path config;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Read it with this profile of the file (default: $PROFILEMESH_PROFILE).")
  @Nullable String profile;

  @Option(
      names = "--drivers",
      paramLabel = "DIR",
      description = "Directory of JDBC drivers (default: $PROFILEMESH_DRIVERS, else drivers).")
  @Nullable Path drivers;

  private final Session session;

  SourcesFile(Session session) {
    this.session = session;
  }

  /** Whether a file is named. */
  boolean isNamed() {
    return path().isPresent();
  }

  /** What the file says; a file with mistakes is refused. */
  ProfilerConfiguration load() {
    Path file =
        path()
            .orElseThrow(
                () ->
                    Failure.usage(
                        "no configuration is named",
                        "Name it: --config FILE, or set PROFILEMESH_CONFIG to its path."));
    CheckOptions asService = CheckOptions.strict(session.environment());
    CheckedConfiguration checked =
        ConfigurationFile.load(file)
            .check(
                new CheckOptions(
                    session.environment(), profile == null ? asService.profile() : profile, true));
    if (!checked.mistakes().isEmpty()) {
      throw Failure.failed(
          file + " has mistakes: " + checked.mistakes().get(0).message(),
          "See them all: profilemesh config validate " + file);
    }
    return checked
        .configuration()
        .orElseThrow(
            () ->
                Failure.failed(
                    file + " cannot be used", "See why: profilemesh config validate " + file));
  }

  SourceProbe probe() {
    return session.connections().sources(directories(session, drivers));
  }

  private Optional<Path> path() {
    return config != null
        ? Optional.of(config)
        : session.variable("PROFILEMESH_CONFIG").map(Path::of);
  }

  /** Where drivers are: the profiler of an installation has some, too. */
  static List<Path> directories(Session session, @Nullable Path named) {
    List<Path> directories = new ArrayList<>();
    directories.add(
        named != null ? named : Path.of(session.variable("PROFILEMESH_DRIVERS").orElse("drivers")));
    Path home = session.home();
    if (home != null) {
      directories.add(home.resolve("profiler-service/target/quarkus-app/lib/main"));
    }
    return directories;
  }
}
