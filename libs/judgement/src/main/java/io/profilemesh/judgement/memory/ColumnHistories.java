package io.profilemesh.judgement.memory;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Quantiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Bytes of a {@link ColumnHistory}: version, name, the distinct definitions, the step of quantiles,
 * the frequent values, then the points with the newest first. Definitions hardly change, so points
 * only number them. The newest points are exact, older ones keep five digits. Of a column that
 * would pass {@link #MOST_BYTES} the oldest distributions are forgotten, then the oldest points.
 */
public final class ColumnHistories {

  /** Bound of a column's state. */
  public static final int MOST_BYTES = 4_096;

  private static final int VERSION = 2;
  private static final int EXACT_POINTS = 8;

  /** What follows a point's number of definition. */
  private static final int METRICS = 1;

  private static final int QUANTILES = 2;
  private static final int CATEGORIES = 4;
  private static final int FLAG_BITS = 3;

  private ColumnHistories() {}

  /** The bytes. */
  public static byte[] encode(ColumnHistory history) {
    List<ColumnPoint> points = new ArrayList<>(history.points());
    Collections.reverse(points);
    byte[] bytes = encodeNewestFirst(points);
    int distributions = points.size();
    while (bytes.length > MOST_BYTES && points.size() > 1) {
      if (distributions > 0) {
        distributions = distributions * 3 / 4;
        for (int i = distributions; i < points.size(); i++) {
          points.set(i, points.get(i).withoutDistribution());
        }
      } else {
        // Only odd columns come here, such as one with another long type in every run.
        points = points.subList(0, points.size() - Math.max(1, points.size() / 8));
      }
      bytes = encodeNewestFirst(points);
    }
    return bytes;
  }

  private static byte[] encodeNewestFirst(List<ColumnPoint> points) {
    BinaryWriter out = new BinaryWriter();
    out.writeByte(VERSION);
    List<ColumnDefinition> definitions = new ArrayList<>();
    int[] kinds = new int[points.size()];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = number(points.get(i).definition(), definitions);
    }
    out.writeText(definitions.isEmpty() ? "" : definitions.get(0).name().value());
    out.writeUnsigned(definitions.size());
    definitions.forEach(definition -> write(out, definition));
    KeptQuantiles quantiles = KeptQuantiles.start(out, points);
    KeptCategories categories = KeptCategories.start(out, points);
    out.writeUnsigned(points.size());
    int later = 0;
    for (int i = 0; i < points.size(); i++) {
      ColumnPoint point = points.get(i);
      out.writeSigned((long) later - point.sequence());
      later = point.sequence();
      Map<Metric, MetricValue> metrics = point.metrics();
      Quantiles grid = point.quantiles();
      boolean hasGrid = quantiles.takes(grid);
      boolean hasFrequent = categories.has(i);
      int flags =
          (metrics == null ? 0 : METRICS)
              | (hasGrid ? QUANTILES : 0)
              | (hasFrequent ? CATEGORIES : 0);
      out.writeUnsigned((long) kinds[i] << FLAG_BITS | flags);
      if (metrics != null) {
        KeptMetrics.write(out, KeptMetrics.numbers(metrics), i < EXACT_POINTS);
      }
      if (hasGrid && grid != null) {
        quantiles.write(out, grid);
      }
      if (hasFrequent) {
        categories.write(out, i);
      }
    }
    return out.toBytes();
  }

  /** The number of a definition, which is noted when it is new. */
  private static int number(ColumnDefinition definition, List<ColumnDefinition> known) {
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i) == definition || known.get(i).equals(definition)) {
        return i;
      }
    }
    known.add(definition);
    return known.size() - 1;
  }

  /**
   * What the bytes say.
   *
   * @throws IllegalStateException when a newer version wrote them
   */
  public static ColumnHistory decode(byte[] bytes) {
    BinaryReader in = new BinaryReader(bytes);
    in.requireVersion(VERSION, "The history of a column");
    String name = in.readText();
    int kinds = in.readCount();
    List<ColumnDefinition> definitions = new ArrayList<>(kinds);
    for (int i = 0; i < kinds; i++) {
      definitions.add(readDefinition(in, name));
    }
    KeptQuantiles quantiles = KeptQuantiles.resume(in);
    KeptCategories categories = KeptCategories.resume(in);
    int count = in.readCount();
    List<ColumnPoint> points = new ArrayList<>(count);
    int sequence = 0;
    for (int i = 0; i < count; i++) {
      sequence -= Math.toIntExact(in.readSigned());
      int header = in.readCount();
      points.add(
          new ColumnPoint(
              sequence,
              definitions.get(header >>> FLAG_BITS),
              (header & METRICS) == 0 ? null : KeptMetrics.read(in),
              (header & QUANTILES) == 0 ? null : quantiles.read(in),
              (header & CATEGORIES) == 0 ? null : categories.read(in)));
    }
    Collections.reverse(points);
    return new ColumnHistory(points);
  }

  private static void write(BinaryWriter out, ColumnDefinition definition) {
    out.writeUnsigned(definition.ordinal());
    out.writeText(definition.dataType());
    out.writeText(definition.type().name());
    out.writeByte(definition.nullable() == null ? 0 : definition.nullable() ? 2 : 1);
  }

  private static ColumnDefinition readDefinition(BinaryReader in, String name) {
    int ordinal = in.readCount();
    String dataType = in.readText();
    ColumnType type = ColumnType.valueOf(in.readText());
    int nullable = in.readByte();
    return new ColumnDefinition(
        new ColumnName(name), ordinal, dataType, type, nullable == 0 ? null : nullable == 2, null);
  }
}
