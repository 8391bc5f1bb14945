package io.profilemesh.core.profile;

/** Recognises JSON objects and arrays (RFC 8259) without building anything. */
final class JsonText {

  private static final int DEEPEST = 64;

  private final byte[] text;
  private int at;

  private JsonText(byte[] text) {
    this.text = text;
  }

  /** Whether the whole text is one JSON object or array. */
  static boolean isObjectOrArray(byte[] text) {
    if (text.length < 2 || (text[0] != '{' && text[0] != '[')) {
      return false;
    }
    JsonText json = new JsonText(text);
    return json.value(0) && json.at == text.length;
  }

  private boolean value(int depth) {
    skipSpace();
    if (at >= text.length || depth > DEEPEST) {
      return false;
    }
    boolean valid =
        switch (text[at]) {
          case '{' -> members('}', true, depth);
          case '[' -> members(']', false, depth);
          case '"' -> string();
          case 't' -> word("true");
          case 'f' -> word("false");
          case 'n' -> word("null");
          default -> number();
        };
    skipSpace();
    return valid;
  }

  private boolean members(char end, boolean named, int depth) {
    at++;
    skipSpace();
    if (take(end)) {
      return true;
    }
    do {
      if (named) {
        skipSpace();
        if (!string()) {
          return false;
        }
        skipSpace();
        if (!take(':')) {
          return false;
        }
      }
      if (!value(depth + 1)) {
        return false;
      }
    } while (take(','));
    return take(end);
  }

  private boolean string() {
    if (!take('"')) {
      return false;
    }
    while (at < text.length) {
      byte c = text[at++];
      if (c == '"') {
        return true;
      }
      if (c >= 0 && c < ' ') {
        return false;
      }
      if (c == '\\') {
        at++;
      }
    }
    return false;
  }

  private boolean number() {
    take('-');
    int start = at;
    while (at < text.length && (isDigit(text[at]) || ".eE+-".indexOf(text[at]) >= 0)) {
      at++;
    }
    return at > start && isDigit(text[start]) && isDigit(text[at - 1]);
  }

  private boolean word(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (!take(word.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean take(char wanted) {
    if (at < text.length && text[at] == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < text.length && (text[at] == ' ' || text[at] >= 9 && text[at] <= 13)) {
      at++;
    }
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }
}
