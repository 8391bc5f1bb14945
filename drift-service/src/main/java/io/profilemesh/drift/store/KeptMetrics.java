package io.profilemesh.drift.store;

import static io.profilemesh.core.profile.Metric.AVERAGE_LENGTH;
import static io.profilemesh.core.profile.Metric.BLANK_COUNT;
import static io.profilemesh.core.profile.Metric.DISTINCT_COUNT;
import static io.profilemesh.core.profile.Metric.EARLIEST;
import static io.profilemesh.core.profile.Metric.EMPTY_COUNT;
import static io.profilemesh.core.profile.Metric.FUTURE_COUNT;
import static io.profilemesh.core.profile.Metric.INFINITE_COUNT;
import static io.profilemesh.core.profile.Metric.LATEST;
import static io.profilemesh.core.profile.Metric.MAX;
import static io.profilemesh.core.profile.Metric.MAX_LENGTH;
import static io.profilemesh.core.profile.Metric.MEAN;
import static io.profilemesh.core.profile.Metric.MIN;
import static io.profilemesh.core.profile.Metric.MIN_LENGTH;
import static io.profilemesh.core.profile.Metric.NAN_COUNT;
import static io.profilemesh.core.profile.Metric.NEGATIVE_COUNT;
import static io.profilemesh.core.profile.Metric.NULL_COUNT;
import static io.profilemesh.core.profile.Metric.SKEWNESS;
import static io.profilemesh.core.profile.Metric.STANDARD_DEVIATION;
import static io.profilemesh.core.profile.Metric.TRUE_COUNT;
import static io.profilemesh.core.profile.Metric.ZERO_COUNT;

import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Quality;
import io.profilemesh.drift.store.CompactNumber.Digits;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The metrics a history keeps, and their bytes: which there are, which are not exact, the numbers,
 * then quality and error of the inexact ones. Percents follow from counts and are not kept.
 */
final class KeptMetrics {

  /** Place in this list is place in the bytes: only ever append. */
  private static final List<Metric> KEPT =
      List.of(
          NULL_COUNT,
          DISTINCT_COUNT,
          MIN,
          MAX,
          MEAN,
          STANDARD_DEVIATION,
          SKEWNESS,
          ZERO_COUNT,
          NEGATIVE_COUNT,
          NAN_COUNT,
          INFINITE_COUNT,
          MIN_LENGTH,
          MAX_LENGTH,
          AVERAGE_LENGTH,
          EMPTY_COUNT,
          BLANK_COUNT,
          EARLIEST,
          LATEST,
          FUTURE_COUNT,
          TRUE_COUNT);

  private KeptMetrics() {}

  static void write(BinaryWriter out, Map<Metric, MetricValue> metrics, boolean exact) {
    long present = 0;
    long inexact = 0;
    for (int i = 0; i < KEPT.size(); i++) {
      MetricValue value = metrics.get(KEPT.get(i));
      if (value != null && value.number() != null) {
        present |= 1L << i;
        inexact |= value.quality() == Quality.EXACT ? 0 : 1L << i;
      }
    }
    out.writeUnsigned(present << 1 | (inexact == 0 ? 0 : 1));
    if (inexact != 0) {
      out.writeUnsigned(inexact);
    }
    for (int i = 0; i < KEPT.size(); i++) {
      if ((present >> i & 1) == 1) {
        writeValue(out, KEPT.get(i), metrics, exact);
      }
    }
  }

  static Map<Metric, MetricValue> read(BinaryReader in) {
    long header = in.readUnsigned();
    long present = header >>> 1;
    if (present >>> KEPT.size() != 0) {
      throw new IllegalStateException(
          "The state holds metrics that this version does not know: was a newer version here? Reset"
              + " the service's application to rebuild its state from the topic.");
    }
    long inexact = (header & 1) == 1 ? in.readUnsigned() : 0;
    Map<Metric, MetricValue> metrics = new EnumMap<>(Metric.class);
    for (int i = 0; i < KEPT.size(); i++) {
      if ((present >> i & 1) == 1) {
        Metric metric = KEPT.get(i);
        metrics.put(metric, readValue(in, metric, (inexact >> i & 1) == 1));
      }
    }
    return metrics;
  }

  private static void writeValue(
      BinaryWriter out, Metric metric, Map<Metric, MetricValue> metrics, boolean exact) {
    MetricValue value = metrics.get(metric);
    if (value == null || value.number() == null) {
      throw new IllegalArgumentException("a kept metric has a number");
    }
    double number = value.number();
    if (isCount(metric)) {
      out.writeUnsigned(Math.max(0, Math.round(number)));
    } else {
      CompactNumber.write(out, number, exact ? Digits.ALL : digits(metric));
    }
    if (value.quality() != Quality.EXACT) {
      out.writeFloat(error(value, number));
    }
  }

  /** A centre may be large against the spread around it, so it needs more digits. */
  private static Digits digits(Metric metric) {
    return metric == MEAN || metric == MIN || metric == MAX ? Digits.SEVEN : Digits.FIVE;
  }

  private static MetricValue readValue(BinaryReader in, Metric metric, boolean inexact) {
    double number = isCount(metric) ? in.readUnsigned() : CompactNumber.read(in);
    if (!inexact) {
      return MetricValue.exact(number);
    }
    float signed = in.readFloat();
    Quality quality = Math.copySign(1f, signed) > 0 ? Quality.APPROXIMATE : Quality.ESTIMATE;
    double error = Math.abs(signed);
    return Double.isInfinite(error)
        ? new MetricValue(number, null, quality, null, null)
        : new MetricValue(number, null, quality, number - error, number + error);
  }

  /** The error of an inexact number, infinite when unknown; the sign tells estimates apart. */
  private static float error(MetricValue value, double number) {
    double error =
        value.lower() == null || value.upper() == null
            ? Double.POSITIVE_INFINITY
            : Math.max(0, Math.max(number - value.lower(), value.upper() - number));
    return Math.copySign((float) error, value.quality() == Quality.APPROXIMATE ? 1f : -1f);
  }

  private static boolean isCount(Metric metric) {
    return metric.unit() == Metric.Unit.COUNT;
  }
}
