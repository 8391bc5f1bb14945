package io.profilemesh.configuration.reference;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes maps, lists, texts, numbers and truth values as indented JSON. */
final class Json {

  private static final int INLINE = 80;

  private Json() {}

  static String write(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, "", out);
    return out.toString();
  }

  private static void write(Object value, String indent, StringBuilder out) {
    if (value instanceof Map<?, ?> map) {
      String flat = flat(map.size(), value, indent);
      if (flat.isEmpty()) {
        Iterator<? extends Map.Entry<?, ?>> fields = map.entrySet().iterator();
        out.append("{\n");
        while (fields.hasNext()) {
          Map.Entry<?, ?> field = fields.next();
          out.append(indent)
              .append("  ")
              .append(quoted(String.valueOf(field.getKey())))
              .append(": ");
          write(field.getValue(), indent + "  ", out);
          out.append(fields.hasNext() ? ",\n" : "\n");
        }
        out.append(indent).append('}');
      } else {
        out.append(flat);
      }
    } else if (value instanceof List<?> list) {
      String flat = flat(list.size(), value, indent);
      if (flat.isEmpty()) {
        Iterator<?> items = list.iterator();
        out.append("[\n");
        while (items.hasNext()) {
          out.append(indent).append("  ");
          write(items.next(), indent + "  ", out);
          out.append(items.hasNext() ? ",\n" : "\n");
        }
        out.append(indent).append(']');
      } else {
        out.append(flat);
      }
    } else {
      out.append(value instanceof String text ? quoted(text) : String.valueOf(value));
    }
  }

  /** On one line, or empty when it is too long for one. */
  private static String flat(int size, Object value, String indent) {
    String line = size > 8 ? "" : flat(value);
    return indent.length() + line.length() > INLINE ? "" : line;
  }

  private static String flat(Object value) {
    if (value instanceof Map<?, ?> map) {
      StringBuilder out = new StringBuilder("{");
      map.forEach(
          (key, each) ->
              out.append(out.length() == 1 ? " " : ", ")
                  .append(quoted(String.valueOf(key)))
                  .append(": ")
                  .append(flat(each)));
      return out.append(map.isEmpty() ? "}" : " }").toString();
    }
    if (value instanceof List<?> list) {
      return '[' + String.join(", ", list.stream().map(Json::flat).toList()) + ']';
    }
    return value instanceof String text ? quoted(text) : String.valueOf(value);
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
