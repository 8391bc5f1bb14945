package io.profilemesh.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.Migrations;
import io.profilemesh.metadata.SchemaSupport;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stacks;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The program of a version works on the tables of the next one: its statements are kept, one file
 * per version, and planned by the database on the newer tables. Run with {@code
 * -Dprofilemesh.update=true} to keep those of this version; files of earlier ones stay as they are.
 */
class StatementsIT {

  private static final Path KEPT =
      Path.of(System.getProperty("profilemesh.home"))
          .resolve("libs/metadata-sink/src/test/resources/statements");
  private static final Path CLASSES =
      Path.of(System.getProperty("profilemesh.home"))
          .resolve("libs/metadata-sink/target/classes/io/profilemesh/sink");
  private static final Pattern SQL =
      Pattern.compile("(?s)^\\s*(INSERT INTO|UPDATE|DELETE FROM|SELECT|WITH)\\s.*profilemesh_.*");

  @BeforeAll
  static void keep() throws Exception {
    if (Boolean.getBoolean("profilemesh.update")) {
      Files.createDirectories(KEPT);
      Files.writeString(file(SchemaSupport.VERSION), String.join("\n", statements()) + '\n');
    }
  }

  @Test
  void shouldKeepTheStatementsOfThisVersion() throws Exception {
    // when
    SortedSet<String> statements = statements();

    // then
    Path file = file(SchemaSupport.VERSION);
    assertThat(statements).hasSizeGreaterThan(20);
    assertThat(file)
        .as("statements of version %d: run with -Dprofilemesh.update=true", SchemaSupport.VERSION)
        .exists();
    assertThat(Files.readAllLines(file)).containsExactlyElementsOf(statements);
  }

  @Test
  void shouldRunTheStatementsOfEachVersionOnTheTablesOfTheNext() throws Exception {
    // given
    PostgresEndpoint database = Stacks.shared().createDatabase("statements" + System.nanoTime());
    Migrations migrations =
        Migrations.of(database.jdbcUrl(), database.username(), database.password());
    SortedMap<Integer, Path> kept = kept();
    assertThat(kept).containsKey(SchemaSupport.VERSION).hasSizeGreaterThan(1);

    // when
    List<String> refused = new ArrayList<>();
    for (int version : kept.keySet()) {
      int tables = Math.min(version + 1, SchemaSupport.VERSION);
      migrations.apply(ApplyOptions.upTo(tables));
      for (String sql : Files.readAllLines(kept.get(version))) {
        String problem = planned(database, sql);
        if (problem != null) {
          refused.add(
              "version %d on tables of %d: %s: %s".formatted(version, tables, problem, sql));
        }
      }
    }

    // then
    assertThat(refused).isEmpty();
  }

  @Test
  void shouldNoticeAStatementThatTheTablesNoLongerFit() throws Exception {
    PostgresEndpoint database = Stacks.shared().createDatabase("statements" + System.nanoTime());
    Migrations.of(database.jdbcUrl(), database.username(), database.password())
        .apply(ApplyOptions.all());

    assertThat(planned(database, "INSERT INTO profilemesh_runs (run_id, gone) VALUES (?, ?)"))
        .contains("gone");
    assertThat(
            planned(
                database,
                "INSERT INTO profilemesh_events (event_id) VALUES (?)"
                    + " ON CONFLICT (event_id) DO NOTHING"))
        .contains("ON CONFLICT");
    assertThat(planned(database, "SELECT run_id FROM profilemesh_runs WHERE run_id = ?")).isNull();
  }

  /** What the database objects to when it plans the statement; null: nothing. */
  private static @Nullable String planned(PostgresEndpoint database, String sql)
      throws SQLException {
    StringBuilder numbered = new StringBuilder("PREPARE kept AS ");
    int parameters = 0;
    for (char c : sql.toCharArray()) {
      if (c == '?') {
        numbered.append('$').append(++parameters);
      } else {
        numbered.append(c);
      }
    }
    String nulls = String.join(", ", Collections.nCopies(parameters, "NULL"));
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(numbered.toString());
      statement.execute("SET plan_cache_mode = force_generic_plan");
      statement.execute("EXPLAIN EXECUTE kept" + (parameters == 0 ? "" : "(" + nulls + ")"));
      return null;
    } catch (SQLException e) {
      return e.getMessage();
    }
  }

  private static SortedMap<Integer, Path> kept() throws IOException {
    SortedMap<Integer, Path> kept = new TreeMap<>();
    try (Stream<Path> files = Files.list(KEPT)) {
      files.forEach(
          file ->
              kept.put(
                  Integer.valueOf(file.getFileName().toString().replaceAll("[^0-9]", "")), file));
    }
    return kept;
  }

  private static Path file(int version) {
    return KEPT.resolve("version-%02d.sql".formatted(version));
  }

  /** The constants of the writers that are whole statements, each on one line. */
  private static SortedSet<String> statements() throws Exception {
    SortedSet<String> statements = new TreeSet<>();
    for (String folder : List.of("rows", "store")) {
      String name = "io.profilemesh.sink." + folder + '.';
      try (Stream<Path> files = Files.list(CLASSES.resolve(folder))) {
        for (Path file : files.filter(one -> one.toString().endsWith(".class")).toList()) {
          String type = file.getFileName().toString().replace(".class", "");
          if (!type.equals("package-info")) {
            statements.addAll(constants(Class.forName(name + type)));
          }
        }
      }
    }
    return statements;
  }

  private static List<String> constants(Class<?> type) throws IllegalAccessException {
    List<String> constants = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
        field.setAccessible(true);
        String text = String.valueOf(field.get(null));
        if (SQL.matcher(text).matches() && !isFragment(text)) {
          constants.add(text.lines().map(String::strip).collect(Collectors.joining(" ")).strip());
        }
      }
    }
    return constants;
  }

  /** What ends where a value or a condition is to follow. */
  private static boolean isFragment(String sql) {
    String end = sql.strip().toUpperCase(Locale.ROOT);
    return Stream.of("VALUES", "WHERE", "AND", "SET", "IN", ",", "(").anyMatch(end::endsWith);
  }
}
