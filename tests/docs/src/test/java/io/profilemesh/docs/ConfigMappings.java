package io.profilemesh.docs;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the names of settings out of the source of {@code @ConfigMapping} interfaces. */
final class ConfigMappings {

  private static final Pattern MAPPING =
      Pattern.compile("@ConfigMapping\\([^)]*prefix\\s*=\\s*\"([^\"]+)\"[^)]*\\)");
  private static final Pattern NESTED = Pattern.compile("\\binterface\\s+(\\w+)[^{]*\\{");
  private static final Pattern METHOD =
      Pattern.compile(
          "((?:@\\w+(?:\\([^)]*\\))?\\s+)*)([\\w.<>?@ ]+?)\\s+(\\w+)\\(\\)\\s*;", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("@WithName\\(\"([^\"]+)\"\\)");

  private ConfigMappings() {}

  static Set<String> variables(String source) {
    Set<String> names = new TreeSet<>();
    Matcher mapping = MAPPING.matcher(source);
    if (mapping.find()) {
      Matcher root = NESTED.matcher(source);
      if (root.find(mapping.end())) {
        collect(source, body(source, root.end()), mapping.group(1), names);
      }
    }
    return names;
  }

  private static void collect(String source, String body, String prefix, Set<String> names) {
    Matcher method = METHOD.matcher(withoutNested(body));
    while (method.find()) {
      Matcher given = NAME.matcher(method.group(1));
      String name = prefix + "." + (given.find() ? given.group(1) : kebab(method.group(3)));
      String type = method.group(2).replaceAll(".*<|>.*|.*[ .]", "").strip();
      Matcher nested = Pattern.compile("\\binterface\\s+" + type + "\\b[^{]*\\{").matcher(source);
      if (nested.find()) {
        collect(source, body(source, nested.end()), name, names);
      } else {
        names.add(ServiceSettings.variable(name));
      }
    }
  }

  /** Text from an opening brace to its closing one. */
  private static String body(String source, int start) {
    int depth = 1;
    int at = start;
    while (at < source.length() && depth > 0) {
      char c = source.charAt(at++);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    }
    return source.substring(start, at - 1);
  }

  private static String withoutNested(String body) {
    StringBuilder flat = new StringBuilder();
    int from = 0;
    Matcher nested = NESTED.matcher(body);
    while (nested.find(from)) {
      flat.append(body, from, nested.start());
      from = nested.end() + body(body, nested.end()).length() + 1;
    }
    return flat.append(body.substring(Math.min(from, body.length()))).toString();
  }

  private static String kebab(String method) {
    return method.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(java.util.Locale.ROOT);
  }
}
