package io.profilemesh.metadata.access;

/**
 * A role for some sources and some of their schemas. As text {@code ROLE}, {@code ROLE:SOURCE} or
 * {@code ROLE:SOURCE/SCHEMA}; what is left out means all.
 *
 * @param role what may be done
 * @param source sources
 * @param schema schemas of these sources
 */
public record Grant(Role role, NamePattern source, NamePattern schema) {

  public Grant {
    if (role == Role.ADMIN && !(source.isAny() && schema.isAny())) {
      throw new IllegalArgumentException(
          "admin is for all sources: policies, keys and people belong to none");
    }
  }

  /** A role everywhere. */
  public static Grant everywhere(Role role) {
    return new Grant(role, NamePattern.ANY, NamePattern.ANY);
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException when it is none; the message says what is wrong
   */
  public static Grant parse(String text) {
    String[] parts = text.split(":", 2);
    Role role =
        Role.of(parts[0])
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'" + parts[0] + "' is no role; roles are " + Role.words()));
    if (parts.length == 1) {
      return everywhere(role);
    }
    String[] patterns = parts[1].split("/", 2);
    return new Grant(
        role,
        new NamePattern(patterns[0]),
        patterns.length == 1 ? NamePattern.ANY : new NamePattern(patterns[1]));
  }

  /** Whether all sources and schemas are meant. */
  public boolean isEverywhere() {
    return source.isAny() && schema.isAny();
  }

  /** Whether a schema of a source is meant. */
  public boolean covers(String sourceName, String schemaName) {
    return source.matches(sourceName) && schema.matches(schemaName);
  }

  @Override
  public String toString() {
    return isEverywhere() ? role.word() : role.word() + ":" + source + "/" + schema;
  }
}
