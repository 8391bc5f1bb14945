package io.profilemesh.configuration;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to read a configuration.
 *
 * @param variables environment variables
 * @param profile profile of the file, or null for none
 * @param unsetIsMistake whether a reference to a variable that is not set is a mistake
 */
public record CheckOptions(
    Map<String, String> variables, @Nullable String profile, boolean unsetIsMistake) {

  public CheckOptions {
    variables = Map.copyOf(variables);
  }

  /** As a service reads it: with the profile that the environment names. */
  public static CheckOptions strict(Map<String, String> variables) {
    String profile = variables.get(ConfigurationFile.PROFILE_VARIABLE);
    return new CheckOptions(
        variables, profile == null || profile.isBlank() ? null : profile.strip(), true);
  }
}
