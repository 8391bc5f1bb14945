package io.profilemesh.configuration;

import io.profilemesh.configuration.key.GroupsKey;
import io.profilemesh.configuration.key.Key;
import io.profilemesh.configuration.key.KeyGroup;
import io.profilemesh.configuration.key.Kinds;

/** The keys of the file; every key of the configuration is found from here. */
public final class ConfigurationKeys {

  /** Everything a file may say. */
  public static final KeyGroup GROUP = new KeyGroup("Top level", "The file itself.");

  static final Key<String> ENVIRONMENT =
      GROUP.add(
          Key.of(
                  "environment",
                  Kinds.text(),
                  "environment of the mesh; the setting `profilemesh.environment` wins")
              .orElseAs("`development`"));

  static final GroupsKey SOURCES =
      GROUP.add(
          new GroupsKey(
              "sources", SourceKeys.GROUP, GroupsKey.Form.BY_NAME, true, "databases by name"));

  static final GroupsKey DATASETS =
      GROUP.add(
          new GroupsKey(
              "datasets",
              DatasetKeys.GROUP,
              GroupsKey.Form.IN_ORDER,
              false,
              "defaults for tables"));

  static final GroupsKey PROFILES =
      GROUP.add(
          new GroupsKey(
              "profiles",
              GROUP,
              GroupsKey.Form.BY_NAME,
              false,
              "[what differs](configuration.md#profiles) in an environment: each profile may say"
                  + " all that the file may"));

  private ConfigurationKeys() {}
}
