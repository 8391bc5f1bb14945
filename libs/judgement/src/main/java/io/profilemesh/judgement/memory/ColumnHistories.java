package io.profilemesh.judgement.memory;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.MetricNumbers;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.judgement.memory.ColumnPoint.Origin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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

  /**
   * What becomes of a history that is written.
   *
   * @param bytes what is written; not to be changed
   * @param history what {@link #decode} reads from it
   */
  @SuppressWarnings("ArrayRecordComponent") // handed to a store at once
  public record Kept(byte[] bytes, ColumnHistory history) {}

  /**
   * Some points in bytes.
   *
   * @param points newest first
   * @param differs which of them are read back otherwise
   * @param changed so many, from the newest, hold all of these
   */
  @SuppressWarnings("ArrayRecordComponent") // lives as long as one encoding
  private record Written(byte[] bytes, List<ColumnPoint> points, boolean[] differs, int changed) {}

  /** The bytes. */
  public static byte[] encode(ColumnHistory history) {
    return write(history).bytes();
  }

  /** The bytes, and what they say: most of it is known without reading them. */
  public static Kept keep(ColumnHistory history) {
    Written written = write(history);
    List<ColumnPoint> read = read(written.bytes(), written.changed());
    List<ColumnPoint> points = new ArrayList<>(written.points());
    for (int i = 0; i < read.size(); i++) {
      if (written.differs()[i]) {
        // One object for one definition: writers compare them.
        points.set(i, read.get(i).of(points.get(i).definition()));
      }
    }
    Collections.reverse(points);
    return new Kept(written.bytes(), new ColumnHistory(points));
  }

  private static Written write(ColumnHistory history) {
    List<ColumnPoint> points = new ArrayList<>(history.points());
    Collections.reverse(points);
    Written written = writeNewestFirst(points);
    int distributions = points.size();
    while (written.bytes().length > MOST_BYTES && points.size() > 1) {
      if (distributions > 0) {
        distributions = distributions * 3 / 4;
        for (int i = distributions; i < points.size(); i++) {
          points.set(i, points.get(i).withoutDistribution());
        }
      } else {
        // Only odd columns come here, such as one with another long type in every run.
        points = points.subList(0, points.size() - Math.max(1, points.size() / 8));
      }
      written = writeNewestFirst(points);
    }
    return written;
  }

  private static Written writeNewestFirst(List<ColumnPoint> points) {
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
    boolean[] differs = new boolean[points.size()];
    int changed = 0;
    int later = 0;
    for (int i = 0; i < points.size(); i++) {
      ColumnPoint point = points.get(i);
      out.writeSigned((long) later - point.sequence());
      later = point.sequence();
      Origin origin = point.origin();
      MetricNumbers metrics = point.numbers();
      Quantiles grid = point.quantiles();
      boolean hasGrid = quantiles.takes(grid);
      boolean hasFrequent = categories.has(i);
      int flags =
          (metrics == null ? 0 : METRICS)
              | (hasGrid ? QUANTILES : 0)
              | (hasFrequent ? CATEGORIES : 0);
      out.writeUnsigned((long) kinds[i] << FLAG_BITS | flags);
      boolean same =
          origin != null
              && hasGrid == (grid != null)
              && (grid == null || quantiles.isOf(origin.exponent()))
              && hasFrequent == (point.frequentValues() != null);
      if (metrics != null) {
        boolean exact = i < EXACT_POINTS;
        byte[] known = origin == null ? null : origin.metrics();
        if (known != null && origin != null && (exact || !origin.exact())) {
          out.writeBytes(known);
          same &= origin.exact() == exact;
        } else {
          KeptMetrics.write(out, metrics, exact);
          same = false;
        }
      }
      if (hasGrid && grid != null) {
        quantiles.write(out, grid);
      }
      if (hasFrequent) {
        same &= categories.write(out, i, point.frequentValues());
      }
      differs[i] = !same;
      changed = same ? changed : i + 1;
    }
    return new Written(out.toBytes(), points, differs, changed);
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
    List<ColumnPoint> points = read(bytes, Integer.MAX_VALUE);
    Collections.reverse(points);
    return new ColumnHistory(points);
  }

  /** The newest points, newest first. */
  private static List<ColumnPoint> read(byte[] bytes, int most) {
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
    int count = Math.min(most, in.readCount());
    List<ColumnPoint> points = new ArrayList<>(count);
    MetricNumbers.Builder builder = MetricNumbers.builder();
    int sequence = 0;
    for (int i = 0; i < count; i++) {
      sequence -= Math.toIntExact(in.readSigned());
      int header = in.readCount();
      boolean hasMetrics = (header & METRICS) != 0;
      int from = in.position();
      MetricNumbers metrics = hasMetrics ? KeptMetrics.read(in, builder) : null;
      Origin origin =
          new Origin(hasMetrics ? in.since(from) : null, i < EXACT_POINTS, quantiles.exponent());
      points.add(
          new ColumnPoint(
              sequence,
              definitions.get(header >>> FLAG_BITS),
              metrics,
              (header & QUANTILES) == 0 ? null : quantiles.read(in),
              (header & CATEGORIES) == 0 ? null : categories.read(in),
              origin));
    }
    return points;
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
