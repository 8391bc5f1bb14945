package io.profilemesh.configuration.file;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Parses YAML, or JSON, which YAML includes. Values stay the texts they are: {@code 0123} is no
 * octal number and {@code no} no truth value.
 */
public final class YamlText {

  /** Most values of a file, whatever its aliases make of it. */
  static final int MOST_VALUES = 200_000;

  private static final int DEEPEST = 40;
  private static final String MERGE = "<<";

  private final List<Mistake> mistakes;
  private final Map<Node, Boolean> open = new IdentityHashMap<>();
  private int values;

  private YamlText(List<Mistake> mistakes) {
    this.mistakes = mistakes;
  }

  /** The file's content, or empty after noting what is wrong with it. */
  public static Optional<Tree> parse(String text, List<Mistake> mistakes) {
    int before = mistakes.size();
    try {
      Node root = yaml().compose(new StringReader(json(text)));
      if (root == null) {
        return Optional.of(new Tree.Scalar(null, "", 0));
      }
      Tree tree = new YamlText(mistakes).tree(root, "");
      return mistakes.size() == before ? Optional.of(tree) : Optional.empty();
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      mistakes.add(new Mistake("", mark == null ? 0 : mark.getLine() + 1, hint(e, mark)));
    } catch (YAMLException e) {
      mistakes.add(new Mistake("", 0, "is not valid YAML: it holds characters that are not text"));
    } catch (TooLargeException e) {
      mistakes.add(
          new Mistake("", e.line, "nests too deeply, or its aliases make it too large to be read"));
    } catch (StackOverflowError e) {
      mistakes.add(new Mistake("", 0, "nests too deeply to be read"));
    }
    return Optional.empty();
  }

  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(50);
    options.setNestingDepthLimit(DEEPEST);
    options.setAllowRecursiveKeys(false);
    return new Yaml(new SafeConstructor(options));
  }

  /** JSON may be indented by tabs, which YAML refuses; inside its texts there are none. */
  private static String json(String text) {
    return text.stripLeading().startsWith("{") ? text.replace('\t', ' ') : text;
  }

  /** Only the rule: the snippet in the exception's own message may hold a secret. */
  private static String hint(MarkedYAMLException e, @Nullable Mark mark) {
    String problem = String.valueOf(e.getProblem());
    String rule;
    if (problem.contains("TAB")) {
      rule = "indent with spaces, not with a tab";
    } else if (problem.contains("mapping values are not allowed")) {
      rule = "check the indentation, and quote a text that holds ': '";
    } else if (problem.contains("undefined alias")) {
      rule = "an alias (*) names no anchor (&)";
    } else if (problem.contains("another document")) {
      rule = "one file holds one document: leave '---' out";
    } else if (problem.contains("cannot start any token") || problem.contains("expected alpha")) {
      rule = "quote a value that begins with a special character such as @, %, ` or *";
    } else {
      rule = "check indentation, quotes and brackets";
    }
    String column = mark == null ? "" : " near column " + (mark.getColumn() + 1);
    return "is not valid YAML" + column + ": " + rule;
  }

  private Tree tree(Node node, String path) {
    int line = line(node);
    if (++values > MOST_VALUES || open.put(node, true) != null || open.size() > DEEPEST) {
      throw new TooLargeException(line);
    }
    try {
      if (node instanceof MappingNode mapping) {
        return mapping(mapping, path, line);
      }
      if (node instanceof SequenceNode sequence) {
        List<Tree> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
          items.add(tree(item, path + '[' + items.size() + ']'));
        }
        return new Tree.Sequence(items, path, line);
      }
      boolean absent = Tag.NULL.equals(node.getTag());
      return new Tree.Scalar(absent ? null : ((ScalarNode) node).getValue(), path, line);
    } finally {
      open.remove(node);
    }
  }

  private Tree mapping(MappingNode node, String path, int line) {
    Map<String, Tree> fields = new LinkedHashMap<>();
    Map<String, Integer> lines = new LinkedHashMap<>();
    List<Node> merged = new ArrayList<>();
    for (NodeTuple field : node.getValue()) {
      if (!(field.getKeyNode() instanceof ScalarNode key)) {
        mistakes.add(new Mistake(path, line(field.getKeyNode()), "a name is a text"));
        continue;
      }
      String name = key.getValue();
      if (name.equals(MERGE) && key.isPlain()) {
        merged.add(field.getValueNode());
        continue;
      }
      String fieldPath = path.isEmpty() ? name : path + '.' + name;
      if (lines.putIfAbsent(name, line(key)) != null) {
        mistakes.add(
            new Mistake(
                fieldPath, line(key), "is given twice; the first is in line " + lines.get(name)));
        continue;
      }
      fields.put(name, tree(field.getValueNode(), fieldPath));
    }
    merged.forEach(value -> merge(value, path, fields, lines));
    return new Tree.Mapping(fields, lines, path, line);
  }

  /** YAML's merge key: names of the other mappings that this one does not have. */
  private void merge(
      Node value, String path, Map<String, Tree> fields, Map<String, Integer> lines) {
    List<Node> sources =
        value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
    for (Node source : sources) {
      if (tree(source, path) instanceof Tree.Mapping mapping) {
        mapping.fields().forEach(fields::putIfAbsent);
        mapping.lines().forEach(lines::putIfAbsent);
      } else {
        mistakes.add(new Mistake(path, line(source), "'<<' merges mappings only"));
      }
    }
  }

  private static int line(Node node) {
    Mark mark = node.getStartMark();
    return mark == null ? 0 : mark.getLine() + 1;
  }

  private static final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int line;

    TooLargeException(int line) {
      this.line = line;
    }
  }
}
