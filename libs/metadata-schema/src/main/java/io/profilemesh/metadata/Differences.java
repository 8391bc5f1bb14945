package io.profilemesh.metadata;

import io.profilemesh.metadata.Validation.Difference;
import io.profilemesh.metadata.Validation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Puts differences into words. */
final class Differences {

  private Differences() {}

  /** What is wrong with the migrations applied. */
  static List<Difference> ofHistory(MigrationStatus status) {
    List<Difference> differences = new ArrayList<>();
    for (Migration migration : status.migrations()) {
      String script = migration.script();
      switch (migration.state()) {
        case APPLIED, BASELINED -> {}
        case PENDING ->
            differences.add(
                new Difference(
                    Kind.PENDING_MIGRATION,
                    script,
                    "%s is not applied yet: run `profilemesh migrate apply`.".formatted(script)));
        case CHANGED ->
            differences.add(
                new Difference(
                    Kind.CHANGED_MIGRATION,
                    script,
                    ("%s was applied with other content than this program's: applied migrations are"
                            + " never edited; restore the file and put the change into a new one.")
                        .formatted(script)));
        case FAILED ->
            differences.add(
                new Difference(
                    Kind.FAILED_MIGRATION,
                    script,
                    "%s began and did not end: look at what it left, then repair the history."
                        .formatted(script)));
        case UNKNOWN ->
            differences.add(
                new Difference(
                    Kind.UNKNOWN_MIGRATION,
                    script,
                    ("Version %d was applied by a newer ProfileMesh than this one: use that, or"
                            + " restore the backup taken before the upgrade.")
                        .formatted(migration.version())));
      }
    }
    return differences;
  }

  /** What is wrong with tables, columns, constraints, indexes and views. */
  static List<Difference> ofShape(
      SortedMap<String, String> expected, SortedMap<String, String> actual) {
    List<Difference> differences = new ArrayList<>();
    expected.forEach(
        (name, definition) -> {
          String found = actual.get(name);
          if (found == null) {
            differences.add(
                new Difference(
                    Kind.MISSING_OBJECT,
                    name,
                    "%s is missing; it should be: %s".formatted(name, definition).strip()));
          } else if (!found.equals(definition)) {
            differences.add(
                new Difference(
                    Kind.CHANGED_OBJECT,
                    name,
                    "%s is %s; it should be: %s".formatted(name, found, definition)));
          }
        });
    actual.keySet().stream()
        .filter(name -> !expected.containsKey(name))
        .forEach(
            name ->
                differences.add(
                    new Difference(
                        Kind.UNEXPECTED_OBJECT,
                        name,
                        "%s is not one of ours: move it to another schema.".formatted(name))));
    return differences;
  }
}
