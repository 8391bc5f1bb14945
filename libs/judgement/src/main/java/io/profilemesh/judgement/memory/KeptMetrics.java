package io.profilemesh.judgement.memory;

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
import io.profilemesh.core.profile.MetricNumbers;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Quality;
import io.profilemesh.judgement.memory.CompactNumber.Digits;
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

  private static final Metric[] PLACES = KEPT.toArray(new Metric[0]);

  private KeptMetrics() {}

  /** Those of the metrics that are numbers. */
  static MetricNumbers numbers(Map<Metric, MetricValue> metrics) {
    MetricNumbers already = MetricNumbers.of(metrics);
    if (already != null) {
      return already;
    }
    MetricNumbers.Builder numbers = MetricNumbers.builder();
    metrics.forEach(
        (metric, value) -> {
          Double number = value.number();
          if (number != null) {
            Double lower = value.lower();
            Double upper = value.upper();
            boolean exact = value.quality() == Quality.EXACT;
            numbers.put(
                metric,
                number,
                value.quality(),
                exact || lower == null ? Double.NaN : lower,
                exact || upper == null ? Double.NaN : upper);
          }
        });
    return numbers.build();
  }

  static void write(BinaryWriter out, MetricNumbers metrics, boolean exact) {
    long present = 0;
    long inexact = 0;
    for (int i = 0; i < PLACES.length; i++) {
      if (metrics.has(PLACES[i])) {
        present |= 1L << i;
        inexact |= metrics.isExact(PLACES[i]) ? 0 : 1L << i;
      }
    }
    out.writeUnsigned(present << 1 | (inexact == 0 ? 0 : 1));
    if (inexact != 0) {
      out.writeUnsigned(inexact);
    }
    for (int i = 0; i < PLACES.length; i++) {
      if ((present >> i & 1) == 1) {
        writeValue(out, PLACES[i], metrics, exact);
      }
    }
  }

  /**
   * Reads them.
   *
   * @param metrics what they are gathered in, whatever it holds
   */
  static MetricNumbers read(BinaryReader in, MetricNumbers.Builder metrics) {
    long header = in.readUnsigned();
    long present = header >>> 1;
    if (present >>> PLACES.length != 0) {
      throw new IllegalStateException(
          "The state holds metrics that this version does not know: was a newer version here? Reset"
              + " the service's application to rebuild its state from the topic.");
    }
    long inexact = (header & 1) == 1 ? in.readUnsigned() : 0;
    metrics.clear();
    for (int i = 0; i < PLACES.length; i++) {
      if ((present >> i & 1) == 1) {
        readValue(in, PLACES[i], (inexact >> i & 1) == 1, metrics);
      }
    }
    return metrics.build();
  }

  private static void writeValue(
      BinaryWriter out, Metric metric, MetricNumbers metrics, boolean exact) {
    double number = metrics.numberOr(metric, 0);
    if (isCount(metric)) {
      out.writeUnsigned(Math.max(0, Math.round(number)));
    } else if (metric.unit() == Metric.Unit.INSTANT && !exact) {
      // Five digits of an instant are days: whole milliseconds take hardly more bytes.
      CompactNumber.write(out, Math.rint(number), Digits.FIVE);
    } else {
      CompactNumber.write(out, number, exact ? Digits.ALL : digits(metric));
    }
    if (!metrics.isExact(metric)) {
      out.writeFloat(error(metrics, metric, number));
    }
  }

  /** A centre may be large against the spread around it, so it needs more digits. */
  private static Digits digits(Metric metric) {
    return metric == MEAN || metric == MIN || metric == MAX ? Digits.SEVEN : Digits.FIVE;
  }

  private static void readValue(
      BinaryReader in, Metric metric, boolean inexact, MetricNumbers.Builder metrics) {
    double number = isCount(metric) ? in.readUnsigned() : CompactNumber.read(in);
    if (!inexact) {
      metrics.put(metric, number);
      return;
    }
    float signed = in.readFloat();
    Quality quality = Math.copySign(1f, signed) > 0 ? Quality.APPROXIMATE : Quality.ESTIMATE;
    double error = Math.abs(signed);
    if (Double.isInfinite(error)) {
      metrics.put(metric, number, quality, Double.NaN, Double.NaN);
    } else {
      metrics.put(metric, number, quality, number - error, number + error);
    }
  }

  /** The error of an inexact number, infinite when unknown; the sign tells estimates apart. */
  private static float error(MetricNumbers metrics, Metric metric, double number) {
    double error = Math.max(number - metrics.lower(metric), metrics.upper(metric) - number);
    error = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(0, error);
    return Math.copySign((float) error, metrics.quality(metric) == Quality.APPROXIMATE ? 1f : -1f);
  }

  private static boolean isCount(Metric metric) {
    return metric.unit() == Metric.Unit.COUNT;
  }
}
