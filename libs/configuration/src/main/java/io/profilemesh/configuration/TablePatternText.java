package io.profilemesh.configuration;

import org.jspecify.annotations.Nullable;

/** Takes {@code schema.table} apart, quotes and wildcards included. */
final class TablePatternText {

  private final String text;
  private int at;

  private TablePatternText(String text) {
    this.text = text;
  }

  static TablePattern parse(String text) {
    return new TablePatternText(text).pattern();
  }

  private TablePattern pattern() {
    Part first = part(true);
    Part schema = null;
    Part table = first;
    if (at < text.length()) {
      at++;
      schema = first;
      table = part(false);
      if (at < text.length()) {
        throw new InvalidPatternException("a table pattern ends behind its closing quote");
      }
    }
    if (table.name.isEmpty() || (schema != null && schema.name.isEmpty())) {
      throw new InvalidPatternException("a table pattern is schema.table; a part of it is empty");
    }
    return build(schema, table);
  }

  private TablePattern build(@Nullable Part schema, Part table) {
    String schemaName = schema == null ? null : schema.name;
    if (!table.wildcard && (schema == null || !schema.wildcard)) {
      return new TablePattern.Exact(schemaName, table.name, text);
    }
    if ((table.quoted && Wildcards.hasWildcard(table.name))
        || (schema != null && schema.quoted && Wildcards.hasWildcard(schema.name))) {
      throw new InvalidPatternException(
          "a quoted part with * or ? cannot stand beside a wildcard; use a regular expression");
    }
    return new TablePattern.Wildcard(schemaName, table.name, text);
  }

  private Part part(boolean endsAtDot) {
    return at < text.length() && text.charAt(at) == '"' ? quoted() : plain(endsAtDot);
  }

  private Part plain(boolean endsAtDot) {
    int dot = endsAtDot ? text.indexOf('.', at) : -1;
    int end = dot < 0 ? text.length() : dot;
    String name = text.substring(at, end);
    at = end;
    return new Part(name, false, Wildcards.hasWildcard(name));
  }

  private Part quoted() {
    StringBuilder name = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        name.append(c);
      } else if (at < text.length() && text.charAt(at) == '"') {
        name.append('"');
        at++;
      } else if (at == text.length() || text.charAt(at) == '.') {
        return new Part(name.toString(), true, false);
      } else {
        throw new InvalidPatternException("a table pattern ends or has a dot behind a quoted part");
      }
    }
    throw new InvalidPatternException("a quote in the table pattern is not closed");
  }

  private record Part(String name, boolean quoted, boolean wildcard) {}
}
