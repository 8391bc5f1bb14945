package io.profilemesh.benchmarks;

import io.profilemesh.core.profile.AccumulatorSettings;
import io.profilemesh.core.profile.BooleanAccumulator;
import io.profilemesh.core.profile.DecimalAccumulator;
import io.profilemesh.core.profile.FloatAccumulator;
import io.profilemesh.core.profile.IntegerAccumulator;
import io.profilemesh.core.profile.OpaqueAccumulator;
import io.profilemesh.core.profile.TemporalAccumulator;
import io.profilemesh.core.profile.TextAccumulator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Nanoseconds and allocated bytes per cell of each type, in a column whose dictionary is full
 * ({@code many} values) and in one that is counted exactly ({@code few}).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx512m", "-XX:+UseSerialGC"})
public class AccumulatorBenchmark {

  private static final int CELLS = 1024;
  private static final int BATCHES = 64;
  private static final int ALL = CELLS * BATCHES;
  private static final AccumulatorSettings SETTINGS =
      AccumulatorSettings.forColumns(16, WarmProfiler.HASHER, Instant.EPOCH);

  /** How many different values there are. */
  public enum Cardinality {
    FEW(100),
    MANY(ALL);

    private final int values;

    Cardinality(int values) {
      this.values = values;
    }
  }

  @Param public Cardinality cardinality = Cardinality.FEW;

  private final long[] longs = new long[ALL];
  private final double[] doubles = new double[ALL];
  private Cells decimals = Cells.NONE;
  private Cells texts = Cells.NONE;
  private Cells longTexts = Cells.NONE;
  private Cells uuids = Cells.NONE;
  private Cells documents = Cells.NONE;
  private final IntegerAccumulator integer = new IntegerAccumulator(SETTINGS);
  private final FloatAccumulator floating = new FloatAccumulator(SETTINGS);
  private final DecimalAccumulator decimal = new DecimalAccumulator(SETTINGS);
  private final TemporalAccumulator timestamp =
      new TemporalAccumulator(TemporalAccumulator.Kind.TIMESTAMP, SETTINGS);
  private final TextAccumulator text = new TextAccumulator(SETTINGS);
  private final TextAccumulator longText = new TextAccumulator(SETTINGS);
  private final BooleanAccumulator bool = new BooleanAccumulator(SETTINGS);
  private final OpaqueAccumulator uuid =
      new OpaqueAccumulator(OpaqueAccumulator.Form.UUID, SETTINGS);
  private final OpaqueAccumulator json =
      new OpaqueAccumulator(OpaqueAccumulator.Form.TEXT, SETTINGS);
  private int batch;

  /** Values one after the other, as a row's cells lie in a block. */
  @SuppressWarnings("ArrayRecordComponent") // read in place, as the scan does
  private record Cells(byte[] data, int[] offsets) {
    static final Cells NONE = new Cells(new byte[0], new int[0]);

    static Cells of(IntFunction<byte[]> value, int[] order) {
      byte[][] all = new byte[ALL][];
      int size = 0;
      for (int i = 0; i < ALL; i++) {
        all[i] = value.apply(order[i]);
        size += all[i].length;
      }
      ByteBuffer data = ByteBuffer.allocate(size);
      int[] offsets = new int[ALL + 1];
      for (int i = 0; i < ALL; i++) {
        data.put(all[i]);
        offsets[i + 1] = data.position();
      }
      return new Cells(data.array(), offsets);
    }

    int length(int i) {
      return offsets[i + 1] - offsets[i];
    }
  }

  @Setup(Level.Trial)
  public void prepare() {
    Random random = new Random(7);
    int[] order = random.ints(ALL, 0, cardinality.values).toArray();
    for (int i = 0; i < ALL; i++) {
      longs[i] = order[i] * 1_000_003L;
      doubles[i] = order[i] / 7.0;
    }
    decimals =
        Cells.of(
            i ->
                ByteBuffer.allocate(4)
                    .putShort((short) (i % 9999 + 1))
                    .putShort((short) 5000)
                    .array(),
            order);
    texts = Cells.of(i -> text("user" + i + "@example.org"), order);
    longTexts = Cells.of(i -> text(("line " + i + " ").repeat(200)), order);
    uuids = Cells.of(i -> ByteBuffer.allocate(16).putLong(i * 31L).putLong(~i).array(), order);
    documents = Cells.of(i -> text("{\"id\": " + i + ", \"tags\": [\"a\", \"b\"]}"), order);
  }

  @Benchmark
  @OperationsPerInvocation(CELLS)
  public void integer() {
    int end = nextEnd();
    for (int i = end - CELLS; i < end; i++) {
      integer.acceptLong(longs[i]);
    }
  }

  @Benchmark
  @OperationsPerInvocation(CELLS)
  public void floating() {
    int end = nextEnd();
    for (int i = end - CELLS; i < end; i++) {
      floating.acceptDouble(doubles[i]);
    }
  }

  @Benchmark
  @OperationsPerInvocation(CELLS)
  public void decimal() {
    int end = nextEnd();
    for (int i = end - CELLS; i < end; i++) {
      decimal.acceptGroups(decimals.data, decimals.offsets[i], 2, 1, false);
    }
  }

  @Benchmark
  @OperationsPerInvocation(CELLS)
  public void timestamp() {
    int end = nextEnd();
    for (int i = end - CELLS; i < end; i++) {
      timestamp.acceptLong(longs[i]);
    }
  }

  @Benchmark
  @OperationsPerInvocation(CELLS)
  public void bool() {
    int end = nextEnd();
    for (int i = end - CELLS; i < end; i++) {
      bool.acceptBoolean((longs[i] & 1) == 0);
    }
  }

  @Benchmark
  @OperationsPerInvocation(CELLS)
  public void text() {
    int end = nextEnd();
    for (int i = end - CELLS; i < end; i++) {
      text.acceptBytes(texts.data, texts.offsets[i], texts.length(i));
    }
  }

  @Benchmark
  @OperationsPerInvocation(CELLS)
  public void longText() {
    int end = nextEnd();
    for (int i = end - CELLS; i < end; i++) {
      longText.acceptBytes(longTexts.data, longTexts.offsets[i], longTexts.length(i));
    }
  }

  @Benchmark
  @OperationsPerInvocation(CELLS)
  public void uuid() {
    int end = nextEnd();
    for (int i = end - CELLS; i < end; i++) {
      uuid.acceptBytes(uuids.data, uuids.offsets[i], uuids.length(i));
    }
  }

  @Benchmark
  @OperationsPerInvocation(CELLS)
  public void json() {
    int end = nextEnd();
    for (int i = end - CELLS; i < end; i++) {
      json.acceptBytes(documents.data, documents.offsets[i], documents.length(i));
    }
  }

  /** Runs all and sorts the figures by type. */
  static Map<String, Object> run() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(AccumulatorBenchmark.class.getName())
                    .addProfiler(GCProfiler.class)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    Map<String, Map<String, Double>> times = new TreeMap<>();
    Map<String, Map<String, Double>> bytes = new TreeMap<>();
    for (RunResult result : results) {
      String type = result.getPrimaryResult().getLabel();
      String values = result.getParams().getParam("cardinality").toLowerCase(Locale.ROOT);
      times
          .computeIfAbsent(type, key -> new TreeMap<>())
          .put(values, Figures.rounded(result.getPrimaryResult().getScore()));
      bytes
          .computeIfAbsent(type, key -> new TreeMap<>())
          .put(
              values,
              Figures.rounded(
                  Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
                      .getScore()));
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("benchmark", "accumulators");
    figures.put("nsPerCell", times);
    figures.put("allocatedBytesPerCell", bytes);
    return figures;
  }

  private int nextEnd() {
    batch = (batch + 1) % BATCHES;
    return (batch + 1) * CELLS;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
