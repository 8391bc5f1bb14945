package io.profilemesh.configuration;

import io.profilemesh.configuration.SamplingConfig.Method;
import io.profilemesh.configuration.file.ConfigurationNode;
import io.profilemesh.configuration.file.Spelling;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code datasets}. */
final class DatasetReader {

  private final Set<String> sources;

  /**
   * @param sources names under {@code sources}, the mistaken ones included
   */
  DatasetReader(Set<String> sources) {
    this.sources = sources;
  }

  /** The entry, once for each of its sources; none after noting what is wrong with it. */
  List<DatasetConfig> read(ConfigurationNode node) {
    List<SourceName> named = sources(node);
    List<TablePattern> include = include(node);
    List<TablePattern> exclude = node.list(DatasetKeys.EXCLUDE);
    SamplingConfig sampling = sampling(node.child(DatasetKeys.SAMPLING));
    ConfigurationNode columns = node.child(DatasetKeys.COLUMNS);
    List<String> includeColumns = columns.list(DatasetKeys.Columns.INCLUDE);
    List<String> excludeColumns = columns.list(DatasetKeys.Columns.EXCLUDE);
    ValuesConfig values = values(node);
    DatasetConfig.Distinct distinct = node.valueOf(DatasetKeys.DISTINCT);
    int bins = node.valueOf(DatasetKeys.HISTOGRAM_BINS);
    String dataAge = node.get(DatasetKeys.DATA_AGE_COLUMN);
    String owner = node.get(DatasetKeys.OWNER);
    List<String> tags = node.list(DatasetKeys.TAGS);
    SliceConfig slice = node.has(DatasetKeys.SLICE) ? slice(node.child(DatasetKeys.SLICE)) : null;
    Optional<ScheduleReader.Schedule> schedule = ScheduleReader.schedule(node);
    PlanConfig plan = ScheduleReader.plan(node);
    ChangeRules changes = CaptureReader.rules(node);
    if (include.isEmpty()) {
      return List.of();
    }
    List<DatasetConfig> entries = new ArrayList<>();
    for (SourceName source : named) {
      entries.add(
          new DatasetConfig(
              source,
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
              schedule.map(each -> each.of(source, named.size() > 1, include, slice)).orElse(null),
              plan,
              slice,
              changes));
    }
    return entries;
  }

  /** The sources an entry speaks of, in the order of the file. */
  private List<SourceName> sources(ConfigurationNode node) {
    if (!node.has(DatasetKeys.SOURCE)) {
      node.mistake(DatasetKeys.SOURCE, "is missing");
    }
    List<String> patterns = node.list(DatasetKeys.SOURCE);
    for (String pattern : patterns) {
      if (sources.stream().noneMatch(source -> Wildcards.matches(pattern, source))) {
        node.mistake(
            DatasetKeys.SOURCE, "names no source of this file" + Spelling.hint(pattern, sources));
      }
    }
    return sources.stream()
        .filter(SourceName::isValid)
        .filter(source -> patterns.stream().anyMatch(each -> Wildcards.matches(each, source)))
        .map(SourceName::new)
        .toList();
  }

  private static List<TablePattern> include(ConfigurationNode node) {
    if (node.has(DatasetKeys.TABLE) == node.has(DatasetKeys.INCLUDE)) {
      node.mistake(DatasetKeys.INCLUDE, "give either include (a list) or table (one)");
    }
    List<TablePattern> all = new ArrayList<>(node.list(DatasetKeys.INCLUDE));
    TablePattern table = node.get(DatasetKeys.TABLE);
    if (table != null) {
      all.add(table);
    }
    return all;
  }

  private static SamplingConfig sampling(ConfigurationNode node) {
    double fraction = node.valueOf(DatasetKeys.Sampling.FRACTION);
    Long rows = node.get(DatasetKeys.Sampling.ROWS);
    Long seed = node.get(DatasetKeys.Sampling.SEED);
    Method implied = rows != null ? Method.LIMIT : fraction < 1 ? Method.BERNOULLI : Method.NONE;
    Method method = node.valueOr(DatasetKeys.Sampling.METHOD, implied);
    if (rows != null && fraction < 1) {
      node.mistake(DatasetKeys.Sampling.ROWS, "rows and fraction exclude each other");
      return SamplingConfig.NONE;
    }
    if ((method == Method.LIMIT) != (rows != null)) {
      node.mistake(DatasetKeys.Sampling.METHOD, "limit goes with rows, and rows with limit");
      return SamplingConfig.NONE;
    }
    return new SamplingConfig(method, fraction, rows, seed);
  }

  private static ValuesConfig values(ConfigurationNode node) {
    if (node.isShort(DatasetKeys.VALUES) || !node.has(DatasetKeys.VALUES)) {
      return switch (node.valueOf(DatasetKeys.Values.ALL)) {
        case REDACT -> ValuesConfig.REDACTED;
        case PUBLISH -> new ValuesConfig(true, List.of());
      };
    }
    ConfigurationNode columns = node.child(DatasetKeys.VALUES);
    return new ValuesConfig(false, columns.list(DatasetKeys.Values.PUBLISH));
  }

  private static @Nullable SliceConfig slice(ConfigurationNode node) {
    String column = node.get(DatasetKeys.Slice.COLUMN);
    TemporalAmount period = node.get(DatasetKeys.Slice.PERIOD);
    String name = node.get(DatasetKeys.Slice.NAME);
    if (period != null && SliceCalendar.of(period).isEmpty()) {
      node.mistake(
          DatasetKeys.Slice.PERIOD,
          "must be of months or of days, hours and the like, of a second or more");
      return null;
    }
    return column == null || name == null || period == null
        ? null
        : new SliceConfig(name, column, period);
  }
}
