package io.profilemesh.drift.store;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;

/**
 * Bytes of a {@link ColumnHistory}: version, name, the distinct definitions, then the points with
 * the newest first. Definitions hardly change, so points only number them. The newest points are
 * exact, older ones keep seven digits; points that would pass {@link #MOST_BYTES} are forgotten.
 */
final class ColumnHistories {

  /** Bound of a column's state. */
  static final int MOST_BYTES = 4_096;

  private static final int VERSION = 1;
  private static final int EXACT_POINTS = 8;

  private ColumnHistories() {}

  static Serde<ColumnHistory> serde() {
    return new BinarySerde<>(ColumnHistories::encode, ColumnHistories::decode);
  }

  static byte[] encode(ColumnHistory history) {
    List<ColumnPoint> points = history.points();
    byte[] bytes = encode(points);
    // Only odd columns come here, such as one with another long type in every run.
    while (bytes.length > MOST_BYTES && points.size() > 1) {
      points = points.subList(Math.max(1, points.size() / 8), points.size());
      bytes = encode(points);
    }
    return bytes;
  }

  private static byte[] encode(List<ColumnPoint> points) {
    BinaryWriter out = new BinaryWriter();
    out.writeByte(VERSION);
    List<ColumnDefinition> definitions =
        points.stream().map(ColumnPoint::definition).distinct().toList();
    out.writeText(definitions.isEmpty() ? "" : definitions.get(0).name().value());
    out.writeUnsigned(definitions.size());
    definitions.forEach(definition -> write(out, definition));
    out.writeUnsigned(points.size());
    int later = 0;
    for (int i = points.size() - 1; i >= 0; i--) {
      ColumnPoint point = points.get(i);
      Map<Metric, MetricValue> metrics = point.metrics();
      out.writeSigned((long) later - point.sequence());
      later = point.sequence();
      int number = definitions.indexOf(point.definition());
      out.writeUnsigned((long) number << 1 | (metrics == null ? 0 : 1));
      if (metrics != null) {
        KeptMetrics.write(out, metrics, points.size() - i <= EXACT_POINTS);
      }
    }
    return out.toBytes();
  }

  static ColumnHistory decode(byte[] bytes) {
    BinaryReader in = new BinaryReader(bytes);
    in.requireVersion(VERSION, "The history of a column");
    String name = in.readText();
    int kinds = in.readCount();
    List<ColumnDefinition> definitions = new ArrayList<>(kinds);
    for (int i = 0; i < kinds; i++) {
      definitions.add(readDefinition(in, name));
    }
    int count = in.readCount();
    List<ColumnPoint> points = new ArrayList<>(count);
    int sequence = 0;
    for (int i = 0; i < count; i++) {
      sequence -= Math.toIntExact(in.readSigned());
      int number = in.readCount();
      points.add(
          new ColumnPoint(
              sequence,
              definitions.get(number >>> 1),
              (number & 1) == 1 ? KeptMetrics.read(in) : null));
    }
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
