package io.profilemesh.configuration;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Names one table or many: {@code schema.table}, a name or wildcard without a schema for any
 * schema, wildcards ({@code *}, {@code ?}), or a regular expression between slashes that must match
 * the whole of {@code schema.table}. A part in double quotes is taken literally, dots and wildcards
 * included.
 */
public sealed interface TablePattern {

  /** Longest pattern. */
  int MAX_LENGTH = 500;

  /** Every table. */
  TablePattern ANY = new Wildcard(null, "*", "*");

  /**
   * Whether the pattern names that table.
   *
   * @throws PatternTooExpensiveException when a regular expression takes too many steps
   */
  boolean matches(String schema, String table);

  /** The pattern as it was written. */
  String text();

  /**
   * Reads a pattern.
   *
   * @throws InvalidPatternException when the text is none
   */
  static TablePattern parse(String text) {
    if (text.isBlank()) {
      throw new InvalidPatternException("a table pattern is not empty");
    }
    if (text.length() > MAX_LENGTH) {
      throw new InvalidPatternException(
          "a table pattern has at most " + MAX_LENGTH + " characters");
    }
    if (text.indexOf('\0') >= 0) {
      throw new InvalidPatternException("a table pattern has no NUL character");
    }
    if (text.contains("://") || text.startsWith("jdbc:")) {
      throw new InvalidPatternException(
          "a table pattern is a name, not a URL; connections are set in the configuration only");
    }
    return text.startsWith("/") && text.length() > 1 && text.endsWith("/")
        ? Regex.of(text)
        : TablePatternText.parse(text);
  }

  /**
   * One table.
   *
   * @param schema null for any schema
   */
  record Exact(@Nullable String schema, String table, String text) implements TablePattern {
    @Override
    public boolean matches(String schemaName, String tableName) {
      return (schema == null || schema.equals(schemaName)) && table.equals(tableName);
    }
  }

  /**
   * Tables by wildcards.
   *
   * @param schema pattern of the schema; null for any schema
   */
  record Wildcard(@Nullable String schema, String table, String text) implements TablePattern {
    @Override
    public boolean matches(String schemaName, String tableName) {
      return (schema == null || Wildcards.matches(schema, schemaName))
          && Wildcards.matches(table, tableName);
    }
  }

  /** Tables by a regular expression over {@code schema.table}. */
  record Regex(Pattern pattern, String text) implements TablePattern {

    static Regex of(String text) {
      try {
        return new Regex(Pattern.compile(text.substring(1, text.length() - 1)), text);
      } catch (PatternSyntaxException | StackOverflowError e) {
        throw new InvalidPatternException("the regular expression between the slashes is invalid");
      }
    }

    @Override
    public boolean matches(String schemaName, String tableName) {
      String name = schemaName.isEmpty() ? tableName : schemaName + '.' + tableName;
      return BoundedMatching.matches(pattern, name);
    }
  }
}
