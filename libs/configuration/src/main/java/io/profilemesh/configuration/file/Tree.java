package io.profilemesh.configuration.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The content of a file with the place of everything in it. */
public sealed interface Tree {

  /** Path as the file has it. */
  String path();

  /** Line, counted from 1; 0 when the file has none. */
  int line();

  /**
   * A single value.
   *
   * @param text exactly as written, or null where the file says null or nothing
   */
  record Scalar(@Nullable String text, String path, int line) implements Tree {}

  /** A list. */
  record Sequence(List<Tree> items, String path, int line) implements Tree {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * A mapping.
   *
   * @param lines line of each name
   */
  record Mapping(Map<String, Tree> fields, Map<String, Integer> lines, String path, int line)
      implements Tree {

    /**
     * This mapping with another laid over it: mappings join, null takes a name away, all else is
     * replaced.
     */
    public Mapping overlaidWith(Mapping over) {
      Map<String, Tree> joined = new LinkedHashMap<>(fields);
      Map<String, Integer> joinedLines = new LinkedHashMap<>(lines);
      over.fields.forEach(
          (name, value) -> {
            if (value instanceof Scalar scalar && scalar.text() == null) {
              joined.remove(name);
            } else if (value instanceof Mapping mapping
                && joined.get(name) instanceof Mapping base) {
              joined.put(name, base.overlaidWith(mapping));
            } else {
              joined.put(name, value);
              joinedLines.put(name, over.lines.getOrDefault(name, 0));
            }
          });
      return new Mapping(joined, joinedLines, path, line);
    }

    /** This mapping without one of its names. */
    public Mapping without(String name) {
      Map<String, Tree> rest = new LinkedHashMap<>(fields);
      rest.remove(name);
      return new Mapping(rest, lines, path, line);
    }
  }
}
