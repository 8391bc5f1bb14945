package io.profilemesh.configuration;

import io.profilemesh.configuration.DatasetConfig.Distinct;
import io.profilemesh.configuration.SamplingConfig.Method;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code datasets}. */
final class DatasetReader {

  private static final int MAX_BINS = 1_000;

  private final Set<String> sources;

  /**
   * @param sources names under {@code sources}, the mistaken ones included
   */
  DatasetReader(Set<String> sources) {
    this.sources = sources;
  }

  /** The entry, or empty after noting what is wrong with it. */
  Optional<DatasetConfig> read(ConfigurationNode node) {
    String source = source(node);
    List<TablePattern> include = include(node);
    List<TablePattern> exclude = patterns(node, "exclude");
    SamplingConfig sampling = sampling(node);
    ConfigurationNode columns = node.child("columns");
    List<String> includeColumns = columns.texts("include");
    List<String> excludeColumns = columns.texts("exclude");
    columns.refuseUnknown();
    Distinct distinct =
        node.read(
            "distinct",
            Distinct.AUTO,
            "auto, exact or approximate",
            text -> ConfigurationScalars.constant(Distinct.class, text));
    int bins =
        node.read(
            "histogram-bins",
            DatasetConfig.DEFAULT_BINS,
            "a whole number between 1 and " + MAX_BINS,
            text -> ConfigurationScalars.integer(text, 1, MAX_BINS));
    String dataAge = node.text("data-age-column");
    ValuesConfig values = values(node);
    String owner = node.text("owner");
    List<String> tags = node.texts("tags");
    SliceConfig slice = slice(node);
    ScheduleConfig schedule =
        ScheduleReader.schedule(node, ScheduleReader.nameOf(source, include, slice));
    PlanConfig plan = ScheduleReader.plan(node);
    node.refuseUnknown();
    if (source.isEmpty() || !sources.contains(source) || include.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new DatasetConfig(
            new SourceName(source),
            include,
            exclude,
            sampling,
            includeColumns,
            excludeColumns,
            distinct,
            bins,
            dataAge,
            values,
            owner,
            tags,
            schedule,
            plan,
            slice));
  }

  private String source(ConfigurationNode node) {
    String source = node.requiredText("source");
    if (!source.isBlank() && !sources.contains(source)) {
      node.mistake("source", "names no source of this file");
    }
    return SourceName.isValid(source) ? source : "";
  }

  private static List<TablePattern> include(ConfigurationNode node) {
    boolean table = node.has("table");
    boolean many = node.has("include");
    if (table == many) {
      node.mistake("include", "give either include (a list) or table (one)");
    }
    List<TablePattern> all = new ArrayList<>(patterns(node, "include"));
    all.addAll(patterns(node, "table"));
    return all;
  }

  private static List<TablePattern> patterns(ConfigurationNode node, String field) {
    List<TablePattern> patterns = new ArrayList<>();
    for (String text : node.texts(field)) {
      try {
        patterns.add(TablePattern.parse(text));
      } catch (InvalidPatternException e) {
        node.mistake(field, "'" + text + "': " + e.getMessage());
      }
    }
    return patterns;
  }

  private static SamplingConfig sampling(ConfigurationNode parent) {
    ConfigurationNode node = parent.child("sampling");
    double fraction =
        node.read(
            "fraction", 1.0, "a number above 0 and at most 1", ConfigurationScalars::fraction);
    Long rows = number(node, "rows", 1, "a whole number of at least 1");
    Long seed = number(node, "seed", Long.MIN_VALUE, "a whole number");
    Method implied = rows != null ? Method.LIMIT : fraction < 1 ? Method.BERNOULLI : Method.NONE;
    Method method =
        node.read(
            "method",
            implied,
            "none, bernoulli, block or limit",
            text -> ConfigurationScalars.constant(Method.class, text));
    node.refuseUnknown();
    if (rows != null && fraction < 1) {
      node.mistake("rows", "rows and fraction exclude each other");
      return SamplingConfig.NONE;
    }
    if ((method == Method.LIMIT) != (rows != null)) {
      node.mistake("method", "limit goes with rows, and rows with limit");
      return SamplingConfig.NONE;
    }
    return new SamplingConfig(method, fraction, rows, seed);
  }

  private static @Nullable Long number(
      ConfigurationNode node, String field, long least, String expected) {
    String text = node.text(field);
    if (text == null) {
      return null;
    }
    Optional<Long> value = ConfigurationScalars.wholeNumber(text.trim(), least);
    if (value.isEmpty()) {
      node.mistake(field, "must be " + expected);
    }
    return value.orElse(null);
  }

  private static ValuesConfig values(ConfigurationNode parent) {
    if (parent.isMapping("values")) {
      ConfigurationNode node = parent.child("values");
      ValuesConfig values = new ValuesConfig(false, node.texts("publish"));
      node.refuseUnknown();
      return values;
    }
    return parent.read(
        "values",
        ValuesConfig.REDACTED,
        "redact, publish, or { publish: [columns] }",
        text ->
            switch (text) {
              case "publish" -> Optional.of(new ValuesConfig(true, List.of()));
              case "redact" -> Optional.of(ValuesConfig.REDACTED);
              default -> Optional.empty();
            });
  }

  private static @Nullable SliceConfig slice(ConfigurationNode parent) {
    if (!parent.has("slice")) {
      return null;
    }
    ConfigurationNode node = parent.child("slice");
    String column = node.requiredText("column");
    String name = node.requiredText("name");
    String period = node.requiredText("period");
    node.refuseUnknown();
    Optional<TemporalAmount> amount = ConfigurationScalars.period(period);
    if (amount.isEmpty()) {
      if (!period.isBlank()) {
        node.mistake("period", "must be a period such as P1D, P1M or PT1H");
      }
      return null;
    }
    if (SliceCalendar.of(amount.get()).isEmpty()) {
      node.mistake(
          "period", "must be of months or of days, hours and the like, of a second or more");
      return null;
    }
    return new SliceConfig(name, column, amount.get());
  }
}
