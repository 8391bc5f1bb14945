package io.profilemesh.configuration;

import io.profilemesh.configuration.file.Mistake;
import io.profilemesh.configuration.file.Setting;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of reading a configuration. */
public final class CheckedConfiguration {

  private final String name;
  private final @Nullable ProfilerConfiguration configuration;
  private final List<Mistake> mistakes;
  private final List<Mistake> warnings;
  private final List<Setting> settings;

  CheckedConfiguration(
      String name,
      @Nullable ProfilerConfiguration configuration,
      List<Mistake> mistakes,
      List<Mistake> warnings,
      List<Setting> settings) {
    this.name = name;
    this.configuration = configuration;
    this.mistakes =
        mistakes.stream().distinct().sorted(Comparator.comparingInt(Mistake::line)).toList();
    this.warnings = List.copyOf(warnings);
    this.settings = List.copyOf(settings);
  }

  /** The configuration, unless there are mistakes or values were passed over. */
  public Optional<ProfilerConfiguration> configuration() {
    return mistakes.isEmpty() ? Optional.ofNullable(configuration) : Optional.empty();
  }

  /** What must be corrected, in the order of the file. */
  public List<Mistake> mistakes() {
    return mistakes;
  }

  /** What is allowed but hardly meant. */
  public List<Mistake> warnings() {
    return warnings;
  }

  /** Every value in effect, secrets masked. */
  public List<Setting> settings() {
    return settings;
  }

  /** The configuration, or everything that is wrong with it. */
  public ProfilerConfiguration orThrow() throws ConfigurationMistakes {
    if (configuration == null || !mistakes.isEmpty()) {
      throw new ConfigurationMistakes(name, mistakes);
    }
    return configuration;
  }
}
