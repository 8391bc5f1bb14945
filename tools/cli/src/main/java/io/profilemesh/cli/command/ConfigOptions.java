package io.profilemesh.cli.command;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.configuration.CheckOptions;
import io.profilemesh.configuration.ConfigurationFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which configuration, and how to read it. */
final class ConfigOptions {

  private final Session session;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The profiler's file (default: $PROFILEMESH_CONFIG).")
  @Nullable Path file;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Read it with this profile of the file (default: $PROFILEMESH_PROFILE).")
  @Nullable String profile;

  ConfigOptions(Session session) {
    this.session = session;
  }

  String name() {
    return path().toString();
  }

  ConfigurationFile load() {
    return ConfigurationFile.load(path());
  }

  CheckOptions options(boolean unsetIsMistake) {
    CheckOptions asService = CheckOptions.strict(session.environment());
    return new CheckOptions(
        session.environment(), profile == null ? asService.profile() : profile, unsetIsMistake);
  }

  private Path path() {
    if (file != null) {
      return file;
    }
    return session
        .variable("PROFILEMESH_CONFIG")
        .map(Path::of)
        .orElseThrow(
            () ->
                Failure.usage(
                    "no file is named", "Name it, or set PROFILEMESH_CONFIG to its path."));
  }
}
