package io.profilemesh.benchmarks.detection;

import io.profilemesh.core.profile.ColumnType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A table for corner cases: it grows by one percent a day, has a weekly rhythm, a running number, a
 * skewed amount, a constant, a rare null and categories of very different size.
 */
final class SyntheticTable {

  private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final int RUNS = 150;
  private static final double GROWTH = 1.01;
  private static final String[] STATES = {"paid", "open", "returned", "disputed"};

  private SyntheticTable() {}

  static LabTable of(long seed) {
    Random random = new Random(seed);
    List<LabTable.Run> runs = new ArrayList<>();
    double id = 1;
    for (int day = 0; day < RUNS; day++) {
      boolean weekend = day % 7 >= 5;
      double usual = 2_000 * Math.pow(GROWTH, day) * (weekend ? 0.6 : 1);
      int rows = (int) Math.round(usual * (1 + 0.02 * random.nextGaussian()));
      runs.add(new LabTable.Run(MONDAY.plus(DAY.multipliedBy(day)), frame(rows, id, day, random)));
      id += rows;
    }
    return new LabTable("synthetic", "created_at", DAY, runs);
  }

  private static Frame frame(int rows, double firstId, int day, Random random) {
    double[] ids = new double[rows];
    double[] amounts = new double[rows];
    double[] constants = new double[rows];
    double[] scores = new double[rows];
    double[] times = new double[rows];
    String[] states = new String[rows];
    String[] customers = new String[rows];
    double midnight = (MONDAY.toEpochMilli() + day * (double) DAY.toMillis()) * 1000;
    for (int i = 0; i < rows; i++) {
      ids[i] = firstId + i;
      amounts[i] = Math.round(100 * Math.exp(3 + random.nextGaussian())) / 100.0;
      constants[i] = 1;
      scores[i] = random.nextInt(1000) == 0 ? Double.NaN : 1 + random.nextInt(5);
      times[i] = midnight + Math.floor(86_400.0 * i / Math.max(1, rows)) * 1e6;
      double share = random.nextDouble();
      states[i] = STATES[share < 0.7 ? 0 : share < 0.9 ? 1 : share < 0.998 ? 2 : 3];
      customers[i] = "c" + (int) (5_000 * Math.pow(random.nextDouble(), 2));
    }
    return new Frame(
        List.of(
            Values.of("id", ColumnType.INTEGER, "bigint", ids),
            Values.of("created_at", ColumnType.TIMESTAMP, "timestamp", times),
            Values.of("amount", ColumnType.FLOAT, "double", amounts),
            Values.of("version", ColumnType.INTEGER, "integer", constants),
            Values.of("score", ColumnType.INTEGER, "integer", scores),
            Values.of("state", states),
            Values.of("customer", customers)));
  }
}
