package io.profilemesh.profiler.dialect;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes literals out of SQL: each becomes a question mark. */
public final class SqlLiterals {

  private static final char LITERAL = '?';

  /** Words that are no value, whatever the engine. */
  private static final Set<String> WORDS =
      Set.of(
          ("ALL ALWAYS AND ANY ARRAY AS ASC AUTO_INCREMENT BETWEEN BIGINT BIT BOOLEAN BY BYTEA"
               + " CASCADE CASE CAST CHAR CHARACTER CHECK COLLATE COLUMNS CONSTRAINT CURRENT_DATE"
               + " CURRENT_ROLE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DATE DATETIME DECIMAL"
               + " DEFAULT DEFERRABLE DEFERRED DELETE DESC DISTINCT DIV DOUBLE ELSE END ENFORCED"
               + " ESCAPE EXCLUDE EXISTS FLOAT FOREIGN FROM FULL GENERATED HASH IDENTITY IN"
               + " INITIALLY INT INTEGER INTERVAL IS ISNULL JSON JSONB KEY LIKE LINEAR LIST"
               + " LOCALTIME LOCALTIMESTAMP MATCH NO NOT NOTNULL NULL NULLS NUMERIC ON OR PRECISION"
               + " PRIMARY RANGE REAL REFERENCES REGEXP RESTRICT SESSION_USER SET SIMPLE SMALLINT"
               + " STORED TEXT THEN TIME TIMESTAMP TIMESTAMPTZ UNIQUE UPDATE USER USING UUID VALUE"
               + " VARCHAR VARYING VIRTUAL WHEN WITH WITHOUT XOR ZONE")
              .split(" "));

  private SqlLiterals() {}

  /** A statement that this program wrote itself, without the texts and numbers in it. */
  public static String without(String statement) {
    return new Walk(statement, null).result();
  }

  /**
   * An expression that a source wrote, without anything that might be a value: only names of
   * columns, of functions and types, and words of the language are left. Where its quotes cannot be
   * told apart for certain nothing is left.
   *
   * @param names columns that the expression may speak of
   */
  public static String withoutAnyValue(String expression, Set<String> names) {
    boolean uncertain = expression.indexOf('\\') >= 0 || expression.indexOf('$') >= 0;
    return uncertain ? String.valueOf(LITERAL) : new Walk(expression, names).result();
  }

  /** One way through a text, piece by piece. */
  private static final class Walk {
    private final String sql;
    private final @Nullable Set<String> names;
    private final StringBuilder kept;
    private int at;

    Walk(String sql, @Nullable Set<String> names) {
      this.sql = sql;
      this.names = names;
      this.kept = new StringBuilder(sql.length());
    }

    String result() {
      while (at < sql.length()) {
        char c = sql.charAt(at);
        if (c == '\'') {
          quoted(c);
          kept.append(LITERAL);
        } else if (c == '"' || c == '`') {
          name(quoted(c), c);
        } else if (isDigit(c)
            || (c == '.' && at + 1 < sql.length() && isDigit(sql.charAt(at + 1)))) {
          number();
        } else if (Character.isLetter(c) || c == '_') {
          word();
        } else {
          kept.append(c);
          at++;
        }
      }
      return kept.toString();
    }

    /** The quoted piece from here on, its quotes included; one that is not closed ends the text. */
    private String quoted(char mark) {
      int start = at++;
      while (at < sql.length()) {
        if (sql.charAt(at++) == mark) {
          if (at == sql.length() || sql.charAt(at) != mark) {
            break;
          }
          at++;
        }
      }
      return sql.substring(start, at);
    }

    private void name(String piece, char mark) {
      String single = String.valueOf(mark);
      boolean known =
          names == null
              || (piece.length() > 2
                  && names.contains(
                      piece.substring(1, piece.length() - 1).replace(single + single, single)));
      if (known) {
        kept.append(piece);
      } else {
        kept.append(LITERAL);
      }
    }

    private void number() {
      at++;
      while (at < sql.length() && isPartOfNumber(sql.charAt(at), sql.charAt(at - 1))) {
        at++;
      }
      kept.append(LITERAL);
    }

    /** Letters too: of an exponent, of hexadecimal digits, or of what looks like a number only. */
    private static boolean isPartOfNumber(char c, char before) {
      boolean sign = c == '+' || c == '-';
      return isPartOfWord(c) || (sign && (before == 'e' || before == 'E'));
    }

    private void word() {
      int start = at;
      while (at < sql.length() && isPartOfWord(sql.charAt(at))) {
        at++;
      }
      String word = sql.substring(start, at);
      if (names == null
          || names.contains(word)
          || WORDS.contains(word.toUpperCase(Locale.ROOT))
          || sql.startsWith("::", start - 2)
          || sql.startsWith("(", at)) {
        kept.append(word);
      } else {
        kept.append(LITERAL);
      }
    }

    private static boolean isPartOfWord(char c) {
      return Character.isLetterOrDigit(c) || c == '_' || c == '.';
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }
  }
}
