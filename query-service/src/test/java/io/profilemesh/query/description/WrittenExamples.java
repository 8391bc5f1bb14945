package io.profilemesh.query.description;

import io.profilemesh.query.description.Client.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requests and statements that docs/query-examples.md shows. */
final class WrittenExamples {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(sh|sql)\\n(.*?)^```");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  private WrittenExamples() {}

  static List<Call> calls(String key, UnaryOperator<String> filledIn) throws IOException {
    List<Call> calls = new ArrayList<>();
    for (String block : blocks("sh")) {
      for (String line : block.replaceAll("\\\\\\n\\s*", "").split("\\n")) {
        if (line.startsWith("curl ")) {
          calls.add(call(line, key, filledIn));
        }
      }
    }
    return calls;
  }

  static List<String> statements() throws IOException {
    return blocks("sql");
  }

  private static Call call(String line, String key, UnaryOperator<String> filledIn) {
    Map<String, String> headers = new TreeMap<>(Map.of("X-API-Key", key));
    String method = "GET";
    String target = "";
    byte[] body = null;
    String option = "";
    for (String word : words(line)) {
      switch (option) {
        case "-X" -> method = word;
        case "-H" -> headers.put(word.split(": ")[0], word.split(": ")[1]);
        case "-d" -> body = word.getBytes(StandardCharsets.UTF_8);
        default -> target = word.startsWith("$api") ? word.substring("$api".length()) : target;
      }
      option = List.of("-X", "-H", "-d").contains(word) ? word : "";
    }
    String path = "/api/v1" + filledIn.apply(target);
    return new Call(body != null && method.equals("GET") ? "POST" : method, path, headers, body);
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      String bare = matcher.group(3);
      if (bare != null && bare.matches("[#>|].*")) {
        break;
      }
      words.add(
          bare != null ? bare : matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }
    return words;
  }

  private static List<String> blocks(String language) throws IOException {
    Path document =
        Path.of(System.getProperty("profilemesh.home")).resolve("docs/query-examples.md");
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(document));
    while (matcher.find()) {
      if (matcher.group(1).equals(language)) {
        blocks.add(matcher.group(2));
      }
    }
    return blocks;
  }
}
