package io.profilemesh.cli.command;

import io.profilemesh.cli.Failure;
import io.profilemesh.metadata.access.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a key or a person may. */
final class GrantOptions {

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "Role for all sources: reader, operator or admin.")
  @Nullable String role;

  @Option(
      names = "--grant",
      paramLabel = "GRANT",
      description =
          "Role for some: ROLE:SOURCE or ROLE:SOURCE/SCHEMA, * for any characters; may be given"
              + " several times.")
  @Nullable List<String> granted;

  /**
   * The grants that are named.
   *
   * @param whose what they are for, such as {@code the key}
   * @throws Failure when there are none, or one makes no sense
   */
  List<Grant> grants(String whose) {
    List<String> texts = new ArrayList<>(Objects.requireNonNullElse(granted, List.of()));
    if (role != null) {
      texts.add(role);
    }
    if (texts.isEmpty()) {
      throw Failure.usage(
          "what " + whose + " may is missing", "Give --role ROLE, or --grant ROLE:SOURCE/SCHEMA.");
    }
    try {
      return texts.stream().map(Grant::parse).toList();
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()), "");
    }
  }
}
