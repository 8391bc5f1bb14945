package io.profilemesh.profiler.dialect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables that files make: each file by itself, by its path without its ending, and the named
 * ones of many files. Looks at the files each time. Safe for use by many threads.
 */
public final class FileTables {

  private static final int DEEPEST = 12;
  private static final int MOST_FILES = 50_000;

  private final Path root;
  private final Map<String, String> named;

  /**
   * @param root directory, or the only file
   * @param named paths or globs below the directory, by the name of their table
   */
  public FileTables(Path root, Map<String, String> named) {
    this.root = root;
    this.named = Map.copyOf(named);
  }

  /** What files hold, by the ending of their names. */
  public enum Format {
    PARQUET(List.of(".parquet", ".pq")),
    CSV(List.of(".csv", ".tsv", ".csv.gz", ".tsv.gz"));

    private final List<String> endings;

    Format(List<String> endings) {
      this.endings = endings;
    }

    /** Name of the schema of such tables. */
    public String schema() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Format> ofName(String name) {
      String lower = name.toLowerCase(Locale.ROOT);
      return Stream.of(values())
          .filter(format -> format.endings.stream().anyMatch(lower::endsWith))
          .findFirst();
    }

    String withoutEnding(String name) {
      String lower = name.toLowerCase(Locale.ROOT);
      return endings.stream()
          .filter(lower::endsWith)
          .max(Comparator.comparingInt(String::length))
          .map(ending -> name.substring(0, name.length() - ending.length()))
          .filter(rest -> !rest.isEmpty() && !rest.endsWith("/"))
          .orElse(name);
    }
  }

  /**
   * A table.
   *
   * @param files absolute, in the order of their names; at least one
   */
  public record FileTable(TableRef table, Format format, List<Path> files) {
    public FileTable {
      files = List.copyOf(files);
    }
  }

  /** Every table, ordered by schema and name; files of a named table are no tables themselves. */
  public List<FileTable> all() {
    Map<String, Path> files = files();
    Map<String, FileTable> tables = new TreeMap<>();
    named.forEach(
        (name, glob) ->
            matching(glob, files)
                .ifPresent(found -> tables.put(key(found.format(), name), found.as(name))));
    Set<Path> taken =
        tables.values().stream()
            .flatMap(table -> table.files().stream())
            .collect(Collectors.toSet());
    files.forEach(
        (path, file) -> {
          if (taken.contains(file)) {
            return;
          }
          Format format = Format.ofName(path).orElseThrow();
          String shortName = format.withoutEnding(path);
          String name = tables.containsKey(key(format, shortName)) ? path : shortName;
          tables.putIfAbsent(key(format, name), new Found(format, List.of(file)).as(name));
        });
    return List.copyOf(tables.values());
  }

  /** The table of exactly that name. */
  public Optional<FileTable> find(String schema, String table) {
    return all().stream()
        .filter(found -> found.table().schema().equals(schema))
        .filter(found -> found.table().table().equals(table))
        .findFirst();
  }

  /** Where a table's files lie below the root: the file, or the directory that holds them all. */
  String location(FileTable table) {
    List<Path> files = table.files();
    if (files.size() == 1) {
      Path file = files.get(0);
      return file.equals(root) ? String.valueOf(file.getFileName()) : nameOf(root.relativize(file));
    }
    Path common = files.get(0).getParent();
    for (Path file : files) {
      while (common != null && !file.startsWith(common)) {
        common = common.getParent();
      }
    }
    String name = common == null ? "" : nameOf(root.relativize(common));
    return name.isEmpty() ? "./" : name + "/";
  }

  private record Found(Format format, List<Path> files) {
    FileTable as(String name) {
      return new FileTable(new TableRef(format.schema(), name, RelationKind.TABLE), format, files);
    }
  }

  private static String key(Format format, String name) {
    return format.schema() + '\0' + name;
  }

  /** The files that a glob means; all must be of one format. */
  private Optional<Found> matching(String glob, Map<String, Path> files) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    List<Path> found = new ArrayList<>();
    Format format = Format.ofName(glob).orElse(null);
    for (Map.Entry<String, Path> file : files.entrySet()) {
      if (matcher.matches(Path.of(file.getKey()))) {
        Format own = Format.ofName(file.getKey()).orElseThrow();
        format = format == null ? own : format;
        if (own == format) {
          found.add(file.getValue());
        }
      }
    }
    return found.isEmpty() || format == null
        ? Optional.empty()
        : Optional.of(new Found(format, found));
  }

  /** Files by their path below the root, with {@code /}, in its order. */
  private Map<String, Path> files() {
    Map<String, Path> files = new TreeMap<>();
    if (Files.isRegularFile(root)) {
      Path name = root.getFileName();
      if (name != null && Format.ofName(name.toString()).isPresent()) {
        files.put(name.toString(), root);
      }
      return files;
    }
    try (Stream<Path> walk = Files.walk(root, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
      walk.filter(path -> Format.ofName(path.toString()).isPresent())
          .filter(Files::isRegularFile)
          .filter(path -> !isHidden(root.relativize(path)))
          .limit(MOST_FILES)
          .forEach(path -> files.put(nameOf(root.relativize(path)), path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static boolean isHidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".") || part.toString().startsWith("_")) {
        return true;
      }
    }
    return false;
  }

  private static String nameOf(Path relative) {
    return relative.toString().replace('\\', '/');
  }
}
