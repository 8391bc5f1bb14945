package io.profilemesh.benchmarks.detection;

import io.profilemesh.core.profile.AccumulatorSettings;
import io.profilemesh.core.profile.ColumnAccumulator;
import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.FloatAccumulator;
import io.profilemesh.core.profile.IntegerAccumulator;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.ProfileSettings;
import io.profilemesh.core.profile.Quality;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.SampleScope;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.core.profile.TemporalAccumulator;
import io.profilemesh.core.profile.TextAccumulator;
import io.profilemesh.core.profile.ValueHasher;
import io.profilemesh.core.profile.ValuePolicy;
import io.profilemesh.profiler.publish.ProfileRecords;
import io.profilemesh.profiler.publish.RunContext;
import io.profilemesh.profiler.scan.ScanFacts;
import io.profilemesh.profiler.scan.ScanSampling;
import io.profilemesh.profiler.scan.ScanSlice;
import io.profilemesh.schema.Trigger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Profiles rows by the accumulators of the profiler, and writes them as its records. */
final class LabProfiles {

  private static final ValueHasher HASHER =
      new ValueHasher("detection-laboratory".getBytes(StandardCharsets.UTF_8), "laboratory");
  private static final int BINS = 10;
  private static final String CLOCK = "period";

  private LabProfiles() {}

  /** The profile of a run; its place in time is the start of its period. */
  static TableProfile of(DatasetId dataset, Instant at, Frame frame) {
    List<ColumnDefinition> definitions = new ArrayList<>();
    List<ColumnProfile> profiles = new ArrayList<>();
    AccumulatorSettings settings =
        AccumulatorSettings.forColumns(frame.columns().size(), HASHER, at.plus(Duration.ofDays(1)));
    ProfileSettings how =
        new ProfileSettings(
            ValuePolicy.PUBLISHED,
            HASHER,
            SampleScope.ALL_ROWS,
            BINS,
            ProfileSettings.FREQUENT_VALUES);
    for (Values values : frame.columns()) {
      ColumnDefinition definition =
          new ColumnDefinition(
              new ColumnName(values.name()),
              definitions.size() + 1,
              values.dataType(),
              values.type(),
              true,
              null);
      definitions.add(definition);
      profiles.add(accumulate(values, settings).profile(definition, how));
    }
    return new TableProfile(
        RunId.derivedFrom(dataset + " " + at),
        dataset,
        at,
        frame.rows(),
        Quality.EXACT,
        definitions,
        Map.of(Metric.ROW_COUNT, MetricValue.exact(frame.rows())),
        profiles);
  }

  /** The records of a profile, as the profiler publishes them. */
  static List<io.profilemesh.schema.TableProfile> records(TableProfile profile, Duration every) {
    Instant at = profile.scannedAt();
    RunContext context =
        new RunContext(
            profile.runId(),
            "laboratory",
            profile.dataset(),
            null,
            null,
            Trigger.REQUEST,
            null,
            List.of(),
            null,
            null,
            null);
    ScanFacts facts =
        new ScanFacts(
            at.plus(every),
            at.plus(every).plusSeconds(1),
            "none",
            profile.rowCount(),
            0,
            ScanSampling.NONE,
            new ScanSlice(new ColumnName(CLOCK), at, at.plus(every)));
    return new ProfileRecords(MeshReplay.ENVIRONMENT)
        .parts(context, 1, profile, facts, HASHER.keyId(), null, null);
  }

  private static ColumnAccumulator accumulate(Values values, AccumulatorSettings settings) {
    if (values.isText()) {
      return texts(values, settings);
    }
    ColumnType type = values.type();
    if (type == ColumnType.TIMESTAMP) {
      TemporalAccumulator times =
          new TemporalAccumulator(TemporalAccumulator.Kind.TIMESTAMP, settings);
      for (double value : values.numbersOrThrow()) {
        if (Double.isNaN(value)) {
          times.acceptNull();
        } else {
          times.acceptLong((long) value);
        }
      }
      return times;
    }
    if (type == ColumnType.FLOAT) {
      FloatAccumulator numbers = new FloatAccumulator(settings);
      for (double value : values.numbersOrThrow()) {
        if (Double.isNaN(value)) {
          numbers.acceptNull();
        } else {
          numbers.acceptDouble(value);
        }
      }
      return numbers;
    }
    IntegerAccumulator numbers = new IntegerAccumulator(settings);
    for (double value : values.numbersOrThrow()) {
      if (Double.isNaN(value)) {
        numbers.acceptNull();
      } else {
        numbers.acceptLong((long) value);
      }
    }
    return numbers;
  }

  private static TextAccumulator texts(Values values, AccumulatorSettings settings) {
    TextAccumulator texts = new TextAccumulator(settings);
    for (String text : values.textsOrThrow()) {
      if (text == null) {
        texts.acceptNull();
      } else {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        texts.acceptBytes(bytes, 0, bytes.length);
      }
    }
    return texts;
  }
}
