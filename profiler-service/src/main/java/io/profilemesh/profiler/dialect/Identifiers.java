package io.profilemesh.profiler.dialect;

/** Quoting of names that come from a catalogue. */
final class Identifiers {

  private Identifiers() {}

  /** As the SQL standard has it. */
  static String doubleQuoted(String identifier) {
    return quoted(identifier, '"');
  }

  static String quoted(String identifier, char quote) {
    if (identifier.isEmpty() || identifier.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("an identifier is not empty and holds no NUL");
    }
    String mark = String.valueOf(quote);
    return mark + identifier.replace(mark, mark + mark) + mark;
  }
}
