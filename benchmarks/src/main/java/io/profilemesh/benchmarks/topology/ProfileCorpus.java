package io.profilemesh.benchmarks.topology;

import io.profilemesh.core.profile.AccumulatorSettings;
import io.profilemesh.core.profile.BooleanAccumulator;
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
import io.profilemesh.core.profile.TemporalAccumulator;
import io.profilemesh.core.profile.TextAccumulator;
import io.profilemesh.core.profile.ValueHasher;
import io.profilemesh.core.profile.ValuePolicy;
import io.profilemesh.profiler.publish.ProfileRecords;
import io.profilemesh.profiler.publish.RunContext;
import io.profilemesh.profiler.scan.ScanFacts;
import io.profilemesh.profiler.scan.ScanSampling;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.Trigger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Profiles of a table of 16 columns as the profiler publishes them, each of other rows: whole
 * numbers, floating-point numbers, texts, timestamps and a truth value, with nulls and skew. Rows
 * are as many for each run, so that little drifts.
 */
final class ProfileCorpus {

  /** Environment of the mesh that takes them. */
  static final String ENVIRONMENT = "topology";

  static final int COLUMNS = 16;

  private static final int ROWS = 20_000;
  private static final int BINS = 10;
  private static final Instant FIRST = Instant.parse("2026-01-05T06:00:00Z");
  private static final DatasetId SHAPE = DatasetId.of("shop", "public", "orders");
  private static final String[] STATES = {"paid", "open", "returned", "disputed", "lost"};
  private static final ValueHasher HASHER =
      new ValueHasher("topology-benchmark".getBytes(StandardCharsets.UTF_8), "topology");

  private final List<TableProfile> whole = new ArrayList<>();
  private final List<TableProfile> light = new ArrayList<>();

  /**
   * Scans the rows of some runs.
   *
   * @param variants runs with rows of their own; later runs have those of an earlier one
   */
  ProfileCorpus(int variants) {
    Random random = new Random(17);
    for (int i = 0; i < variants; i++) {
      TableProfile profile = publish(scan(random));
      whole.add(profile);
      light.add(withoutSketches(profile));
    }
  }

  static String dataset(int number) {
    return DatasetId.of("shop", "public", "orders_" + number).toString();
  }

  /**
   * The record of a run: the same at every call.
   *
   * @param run days since the first run of every dataset
   * @param sketches false: without sketches and histograms, by which nothing is judged
   */
  TableProfile record(int dataset, int run, boolean sketches) {
    List<TableProfile> variants = sketches ? whole : light;
    TableProfile variant =
        variants.get(Math.floorMod(31 * dataset + 7 * run + dataset / 97, variants.size()));
    TableProfile record = new TableProfile();
    for (int field = 0; field < record.getSchema().getFields().size(); field++) {
      record.put(field, variant.get(field));
    }
    String id = dataset(dataset);
    Instant at = FIRST.plus(Duration.ofDays(run));
    record.setDatasetId(id);
    record.setTableName("orders_" + dataset);
    record.setRunId(RunId.derivedFrom(id + " " + run).toString());
    record.setScanStartedAt(at);
    record.setScanEndedAt(at.plusSeconds(2));
    return record;
  }

  private static TableProfile withoutSketches(TableProfile profile) {
    TableProfile copy = TableProfile.newBuilder(profile).build();
    for (io.profilemesh.schema.ColumnProfile column : copy.getColumnProfiles()) {
      column.setSketches(List.of());
      column.setHistogram(null);
    }
    return copy;
  }

  private static TableProfile publish(io.profilemesh.core.profile.TableProfile profile) {
    RunContext context =
        new RunContext(
            profile.runId(),
            "benchmark",
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
        new ScanFacts(FIRST, FIRST.plusSeconds(2), "none", ROWS, 0, ScanSampling.NONE, null);
    List<TableProfile> parts =
        new ProfileRecords(ENVIRONMENT)
            .parts(context, 1, profile, facts, HASHER.keyId(), null, null);
    if (parts.size() != 1) {
      throw new IllegalStateException("a profile of 16 columns is one record");
    }
    return parts.get(0);
  }

  private static io.profilemesh.core.profile.TableProfile scan(Random random) {
    AccumulatorSettings settings =
        AccumulatorSettings.forColumns(COLUMNS, HASHER, FIRST.plus(Duration.ofDays(3_650)));
    ProfileSettings how =
        new ProfileSettings(
            ValuePolicy.REDACTED,
            HASHER,
            SampleScope.ALL_ROWS,
            BINS,
            ProfileSettings.FREQUENT_VALUES);
    List<ColumnDefinition> definitions = new ArrayList<>();
    List<ColumnProfile> profiles = new ArrayList<>();
    for (Column column : Column.values()) {
      ColumnDefinition definition =
          new ColumnDefinition(
              new ColumnName(column.name().toLowerCase(Locale.ROOT)),
              definitions.size() + 1,
              column.dataType,
              column.type,
              true,
              null);
      definitions.add(definition);
      profiles.add(column.scan(random, settings).profile(definition, how));
    }
    return new io.profilemesh.core.profile.TableProfile(
        RunId.derivedFrom("variant"),
        SHAPE,
        FIRST,
        ROWS,
        Quality.EXACT,
        definitions,
        Map.of(Metric.ROW_COUNT, MetricValue.exact(ROWS)),
        profiles);
  }

  /** The columns, each with its way to come by values. */
  private enum Column {
    ORDER_ID("bigint", ColumnType.INTEGER),
    CUSTOMER_ID("bigint", ColumnType.INTEGER),
    QUANTITY("integer", ColumnType.INTEGER),
    RATING("integer", ColumnType.INTEGER),
    VIEWS("integer", ColumnType.INTEGER),
    UNIT_PRICE("double precision", ColumnType.FLOAT),
    WEIGHT("double precision", ColumnType.FLOAT),
    DISCOUNT("double precision", ColumnType.FLOAT),
    SCORE("double precision", ColumnType.FLOAT),
    STATUS("text", ColumnType.TEXT),
    COUNTRY("text", ColumnType.TEXT),
    EMAIL("text", ColumnType.TEXT),
    NOTE("text", ColumnType.TEXT),
    ORDERED_AT("timestamp with time zone", ColumnType.TIMESTAMP),
    SHIPPED_AT("timestamp with time zone", ColumnType.TIMESTAMP),
    EXPRESS("boolean", ColumnType.BOOLEAN);

    private final String dataType;
    private final ColumnType type;

    Column(String dataType, ColumnType type) {
      this.dataType = dataType;
      this.type = type;
    }

    ColumnAccumulator scan(Random random, AccumulatorSettings settings) {
      return switch (type) {
        case INTEGER -> integers(random, settings);
        case FLOAT -> floats(random, settings);
        case TIMESTAMP -> times(random, settings);
        case BOOLEAN -> truths(random, settings);
        default -> texts(random, settings);
      };
    }

    private ColumnAccumulator integers(Random random, AccumulatorSettings settings) {
      IntegerAccumulator numbers = new IntegerAccumulator(settings);
      for (int i = 0; i < ROWS; i++) {
        switch (this) {
          case ORDER_ID -> numbers.acceptLong(i + 1L);
          case CUSTOMER_ID -> numbers.acceptLong((long) (5_000 * Math.pow(random.nextDouble(), 3)));
          case QUANTITY -> numbers.acceptLong(1 + (long) (9 * random.nextDouble()));
          case RATING -> numbers.acceptLong(1 + random.nextInt(5));
          default -> numbers.acceptLong((long) Math.exp(3 + random.nextGaussian()));
        }
      }
      return numbers;
    }

    private ColumnAccumulator floats(Random random, AccumulatorSettings settings) {
      FloatAccumulator numbers = new FloatAccumulator(settings);
      for (int i = 0; i < ROWS; i++) {
        switch (this) {
          case UNIT_PRICE -> numbers.acceptDouble(Math.exp(2 + 0.8 * random.nextGaussian()));
          case WEIGHT -> numbers.acceptDouble(70 + 12 * random.nextGaussian());
          case DISCOUNT ->
              numbers.acceptDouble(random.nextInt(10) < 8 ? 0 : 0.5 * random.nextDouble());
          default -> {
            if (random.nextInt(50) == 0) {
              numbers.acceptNull();
            } else {
              numbers.acceptDouble(random.nextDouble());
            }
          }
        }
      }
      return numbers;
    }

    private ColumnAccumulator times(Random random, AccumulatorSettings settings) {
      TemporalAccumulator times =
          new TemporalAccumulator(TemporalAccumulator.Kind.TIMESTAMP, settings);
      long from = FIRST.minus(Duration.ofDays(1)).toEpochMilli();
      for (int i = 0; i < ROWS; i++) {
        if (this == SHIPPED_AT && random.nextInt(20) == 0) {
          times.acceptNull();
        } else {
          times.acceptLong(from + random.nextInt(86_400_000));
        }
      }
      return times;
    }

    private static ColumnAccumulator truths(Random random, AccumulatorSettings settings) {
      BooleanAccumulator truths = new BooleanAccumulator(settings);
      for (int i = 0; i < ROWS; i++) {
        truths.acceptBoolean(random.nextInt(10) < 3);
      }
      return truths;
    }

    private ColumnAccumulator texts(Random random, AccumulatorSettings settings) {
      TextAccumulator texts = new TextAccumulator(settings);
      for (int i = 0; i < ROWS; i++) {
        switch (this) {
          case STATUS -> accept(texts, STATES[(int) (5 * Math.pow(random.nextDouble(), 2))]);
          case COUNTRY -> accept(texts, "C" + (int) (60 * Math.pow(random.nextDouble(), 4)));
          case EMAIL -> accept(texts, "user" + random.nextInt() + "@example.org");
          default -> {
            if (random.nextInt(3) > 0) {
              texts.acceptNull();
            } else {
              accept(texts, "note " + "x".repeat(random.nextInt(80)) + i);
            }
          }
        }
      }
      return texts;
    }

    private static void accept(TextAccumulator texts, String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      texts.acceptBytes(bytes, 0, bytes.length);
    }
  }
}
