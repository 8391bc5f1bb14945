package io.profilemesh.benchmarks.detection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Quality;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.TableProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Data of the user's own, with labels that say which runs are faulty.
 *
 * @param names of the runs, as labels call them
 * @param profiles of the runs; empty where rows are there
 */
record UserData(LabTable table, List<String> names, List<TableProfile> profiles) {

  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Duration EVERY = Duration.ofDays(1);
  private static final long ROWS = 1_000;

  /**
   * A table of numbers: the first column names the run by its instant or day, the others are called
   * {@code column.metric}, or {@code row_count}.
   */
  static UserData series(Path file) throws SQLException {
    List<String> names = new ArrayList<>();
    List<LabTable.Run> runs = new ArrayList<>();
    List<TableProfile> profiles = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT * FROM read_csv('" + quoted(file) + "', all_varchar = true)")) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        String name = rows.getString(1);
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (int i = 2; i <= columns; i++) {
          String text = rows.getString(i);
          if (text != null && !text.isBlank()) {
            numbers.put(rows.getMetaData().getColumnName(i), Double.parseDouble(text));
          }
        }
        Instant at = instant(name, names.size());
        names.add(name);
        runs.add(new LabTable.Run(at, new Frame(List.of())));
        profiles.add(profile(at, numbers));
      }
    }
    return new UserData(new LabTable("series", "", EVERY, runs), names, profiles);
  }

  /** A directory of CSV or Parquet files, one a run, in the order of their names. */
  static UserData snapshots(Path directory) throws IOException, SQLException {
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.filter(file -> file.toString().matches(".*\\.(csv|parquet)")).sorted().toList();
    }
    List<String> names = new ArrayList<>();
    List<LabTable.Run> runs = new ArrayList<>();
    for (Path file : files) {
      String name = String.valueOf(file.getFileName()).replaceFirst("\\.(csv|parquet)$", "");
      Instant at = instant(name, names.size());
      LabTable one =
          LabTable.read(
              "snapshots",
              "",
              EVERY,
              "SELECT TIMESTAMP '1970-01-01', * FROM '" + quoted(file) + "'");
      names.add(name);
      runs.add(
          new LabTable.Run(
              at, one.runs().isEmpty() ? new Frame(List.of()) : one.runs().get(0).frame()));
    }
    return new UserData(new LabTable("snapshots", "", EVERY, runs), names, List.of());
  }

  /** The faults that a file of labels names. */
  Scenario labelled(Path file) throws IOException {
    Map<Integer, Scenario.Injected> faults = new TreeMap<>();
    for (JsonNode label : new ObjectMapper().readTree(file.toFile()).path("faults")) {
      String run = label.path("run").asText();
      int at = names.indexOf(run);
      if (at < 0) {
        throw new IllegalArgumentException("the labels name a run that is not there: " + run);
      }
      String column = label.path("column").asText("");
      List<String> columns = new ArrayList<>();
      Scenario.Injected other = faults.get(at);
      boolean all = column.isEmpty() || (other != null && other.columns().isEmpty());
      if (!all) {
        columns.add(column);
        if (other != null) {
          columns.addAll(other.columns());
        }
      }
      faults.put(at, new Scenario.Injected(Fault.LABELLED, columns, 0));
    }
    return new Scenario(faults);
  }

  /** The day in a name; without one, days in a row. */
  private static Instant instant(String name, int number) {
    if (name.contains("T") && name.endsWith("Z")) {
      return Instant.parse(name);
    }
    Matcher day = DAY.matcher(name);
    return day.find()
        ? LocalDate.parse(day.group()).atStartOfDay(ZoneOffset.UTC).toInstant()
        : LocalDate.of(2000, 1, 3).plusDays(number).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static TableProfile profile(Instant at, Map<String, Double> numbers) {
    Map<String, Map<Metric, MetricValue>> columns = new LinkedHashMap<>();
    double rows = numbers.getOrDefault(Metric.ROW_COUNT.wireName(), (double) ROWS);
    numbers.forEach(
        (name, number) -> {
          int dot = name.lastIndexOf('.');
          if (dot > 0) {
            Metric metric =
                Metric.ofWireName(name.substring(dot + 1))
                    .orElseThrow(
                        () -> new IllegalArgumentException("no metric is called so: " + name));
            columns
                .computeIfAbsent(name.substring(0, dot), any -> new EnumMap<>(Metric.class))
                .put(metric, MetricValue.exact(number));
          }
        });
    List<ColumnDefinition> definitions = new ArrayList<>();
    List<ColumnProfile> profiles = new ArrayList<>();
    columns.forEach(
        (name, metrics) -> {
          ColumnDefinition definition =
              new ColumnDefinition(
                  new ColumnName(name),
                  definitions.size() + 1,
                  "double",
                  ColumnType.FLOAT,
                  true,
                  null);
          definitions.add(definition);
          profiles.add(
              new ColumnProfile(definition, metrics, null, null, null, null, List.of(), false));
        });
    return new TableProfile(
        RunId.derivedFrom("series " + at),
        Laboratory.dataset("series"),
        at,
        Math.round(rows),
        Quality.EXACT,
        definitions,
        Map.of(Metric.ROW_COUNT, MetricValue.exact(rows)),
        profiles);
  }

  private static String quoted(Path file) {
    return file.toString().replace("'", "''");
  }
}
