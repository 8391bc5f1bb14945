package io.profilemesh.configuration;

import java.util.List;

/**
 * Which literal text values may leave the service.
 *
 * @param publishAll every column of the dataset, except personal data
 * @param publishColumns columns named one by one, personal data included
 */
public record ValuesConfig(boolean publishAll, List<String> publishColumns) {

  /** Nothing leaves but keyed hashes. */
  public static final ValuesConfig REDACTED = new ValuesConfig(false, List.of());

  public ValuesConfig {
    publishColumns = List.copyOf(publishColumns);
  }
}
