package io.profilemesh.cli.command;

import io.profilemesh.configuration.CheckOptions;
import io.profilemesh.configuration.CheckedConfiguration;
import io.profilemesh.configuration.ConfigurationFile;
import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.file.Mistake;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What is wrong with a file, as it is and with each of its profiles. */
final class ConfigChecks {

  /** Name of no profile. */
  static final String WITHOUT_PROFILE = "";

  private final Map<String, CheckedConfiguration> byProfile = new LinkedHashMap<>();
  private final Map<Mistake, String> mistakes = new LinkedHashMap<>();
  private final Set<String> warnings = new TreeSet<>();

  private ConfigChecks() {}

  static ConfigChecks of(ConfigurationFile file, CheckOptions options) {
    ConfigChecks checks = new ConfigChecks();
    List<String> profiles = new ArrayList<>();
    if (options.profile() == null) {
      profiles.add(WITHOUT_PROFILE);
      profiles.addAll(file.profiles());
    } else {
      profiles.add(options.profile());
    }
    profiles.forEach(profile -> checks.add(profile, check(file, options, profile)));
    return checks;
  }

  private static CheckedConfiguration check(
      ConfigurationFile file, CheckOptions options, String profile) {
    return file.check(
        new CheckOptions(
            options.variables(),
            profile.equals(WITHOUT_PROFILE) ? null : profile,
            options.unsetIsMistake()));
  }

  private void add(String profile, CheckedConfiguration checked) {
    byProfile.put(profile, checked);
    checked.mistakes().forEach(mistake -> mistakes.putIfAbsent(mistake, profile));
    checked.warnings().forEach(warning -> warnings.add(warning.message()));
  }

  /**
   * Asks every enabled source.
   *
   * @param problem what is wrong with a source; empty when it answers
   */
  void connect(Function<SourceConfig, Optional<String>> problem) {
    Map<SourceConfig, Optional<String>> answers = new LinkedHashMap<>();
    configurations()
        .forEach(
            (profile, configuration) ->
                configuration.sources().values().stream()
                    .filter(SourceConfig::enabled)
                    .sorted(Comparator.comparing(SourceConfig::name))
                    .forEach(
                        source ->
                            answers
                                .computeIfAbsent(source, problem)
                                .ifPresent(
                                    sentence ->
                                        mistakes.putIfAbsent(
                                            new Mistake("sources." + source.name(), 0, sentence),
                                            profile))));
  }

  boolean isClean() {
    return mistakes.isEmpty();
  }

  /** Every mistake with the first profile that shows it; {@link #WITHOUT_PROFILE} for none. */
  Map<Mistake, String> mistakes() {
    return mistakes;
  }

  Set<String> warnings() {
    return warnings;
  }

  /** Names of the profiles that were checked. */
  List<String> profiles() {
    return byProfile.keySet().stream().filter(name -> !name.equals(WITHOUT_PROFILE)).toList();
  }

  /** The configurations by profile, those that are complete. */
  Map<String, ProfilerConfiguration> configurations() {
    Map<String, ProfilerConfiguration> complete = new LinkedHashMap<>();
    byProfile.forEach(
        (profile, checked) ->
            checked.configuration().ifPresent(value -> complete.put(profile, value)));
    return complete;
  }
}
