package io.profilemesh.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes a script apart into its statements, so that each can be judged and run on its own. */
final class SqlStatements {

  private static final Pattern NO_TRANSACTION =
      Pattern.compile(
          "(?is)^(CREATE\\s+(UNIQUE\\s+)?INDEX\\s+CONCURRENTLY\\b|DROP\\s+INDEX\\s+CONCURRENTLY\\b"
              + "|REINDEX\\b.*\\bCONCURRENTLY|REINDEX\\s+(DATABASE|SYSTEM)|VACUUM\\b|CLUSTER\\s*$"
              + "|(CREATE|DROP)\\s+(DATABASE|TABLESPACE)|ALTER\\s+SYSTEM\\b"
              + "|ALTER\\s+TABLE\\b.*\\bDETACH\\s+PARTITION\\b.*\\bCONCURRENTLY).*");

  private final String script;
  private final List<String> statements = new ArrayList<>();
  private final StringBuilder current = new StringBuilder();
  private int at;

  private SqlStatements(String script) {
    this.script = script;
  }

  /** The statements of a script in order, without comments between them and without semicolons. */
  static List<String> split(String script) {
    return new SqlStatements(script).split();
  }

  /** Whether PostgreSQL refuses the statement inside a transaction. */
  static boolean needsNoTransaction(String statement) {
    return NO_TRANSACTION.matcher(statement.strip()).matches();
  }

  private List<String> split() {
    while (at < script.length()) {
      char c = script.charAt(at);
      if (script.startsWith("--", at)) {
        at = after("\n");
      } else if (script.startsWith("/*", at)) {
        at = after("*/");
      } else if (c == '\'' || c == '"') {
        copyTo(closingQuote(c));
      } else if (c == '$' && dollarTag() != null) {
        copyTo(closingDollar());
      } else if (c == ';') {
        end();
        at++;
      } else {
        current.append(c);
        at++;
      }
    }
    end();
    return statements;
  }

  private void end() {
    String statement = current.toString().strip();
    if (!statement.isEmpty()) {
      statements.add(statement);
    }
    current.setLength(0);
  }

  private void copyTo(int end) {
    current.append(script, at, end);
    at = end;
  }

  private int after(String mark) {
    int found = script.indexOf(mark, at + 2);
    current.append('\n');
    return found < 0 ? script.length() : found + mark.length();
  }

  private int closingQuote(char quote) {
    int end = script.indexOf(quote, at + 1);
    return end < 0 ? script.length() : end + 1;
  }

  private @Nullable String dollarTag() {
    int end = script.indexOf('$', at + 1);
    if (end < 0) {
      return null;
    }
    String tag = script.substring(at, end + 1);
    return tag.matches("\\$([A-Za-z_][A-Za-z0-9_]*)?\\$") ? tag : null;
  }

  private int closingDollar() {
    String tag = String.valueOf(dollarTag());
    int end = script.indexOf(tag, at + tag.length());
    return end < 0 ? script.length() : end + tag.length();
  }
}
