package io.profilemesh.profiler.publish;

import io.profilemesh.core.profile.FrequentValues;
import io.profilemesh.core.profile.Histogram;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.core.profile.SemanticType;
import io.profilemesh.core.profile.Sketch;
import io.profilemesh.profiler.scan.ScanFacts;
import io.profilemesh.profiler.scan.ScanSampling;
import io.profilemesh.schema.ColumnDefinition;
import io.profilemesh.schema.ColumnProfile;
import io.profilemesh.schema.ColumnType;
import io.profilemesh.schema.FrequentValue;
import io.profilemesh.schema.MetricValue;
import io.profilemesh.schema.Quality;
import io.profilemesh.schema.Sampling;
import io.profilemesh.schema.SamplingMethod;
import io.profilemesh.schema.ScanStrategy;
import io.profilemesh.schema.SketchKind;
import io.profilemesh.schema.ValuePolicy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pieces of a profile, from the core's types to the topics'. */
final class AvroProfiles {

  private AvroProfiles() {}

  static ColumnProfile columnProfile(io.profilemesh.core.profile.ColumnProfile profile) {
    return ColumnProfile.newBuilder()
        .setColumn(column(profile.column()))
        .setMetrics(metrics(profile.metrics()))
        .setSemanticType(semanticType(profile.semanticType()))
        .setHistogram(histogram(profile.histogram()))
        .setQuantiles(quantiles(profile.quantiles()))
        .setFrequentValues(frequentValues(profile.frequentValues()))
        .setSketches(profile.sketches().stream().map(AvroProfiles::sketch).toList())
        .setValuePolicy(profile.valuesPublished() ? ValuePolicy.PUBLISHED : ValuePolicy.REDACTED)
        .build();
  }

  static ColumnDefinition column(io.profilemesh.core.profile.ColumnDefinition column) {
    return new ColumnDefinition(
        column.name().value(),
        column.ordinal(),
        column.dataType(),
        columnType(column.type()),
        column.nullable(),
        column.description());
  }

  static List<MetricValue> metrics(Map<Metric, io.profilemesh.core.profile.MetricValue> metrics) {
    return metrics.entrySet().stream()
        .map(entry -> metric(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static MetricValue metric(Metric metric, io.profilemesh.core.profile.MetricValue value) {
    return new MetricValue(
        metric.wireName(),
        value.number(),
        value.text(),
        quality(value.quality()),
        value.lower(),
        value.upper());
  }

  static Quality quality(io.profilemesh.core.profile.Quality quality) {
    return switch (quality) {
      case EXACT -> Quality.EXACT;
      case APPROXIMATE -> Quality.APPROXIMATE;
      case ESTIMATE -> Quality.ESTIMATE;
    };
  }

  static Sampling sampling(ScanSampling sampling) {
    return new Sampling(
        samplingMethod(sampling.method()),
        sampling.fraction(),
        sampling.rowLimit(),
        sampling.seed());
  }

  static ScanStrategy strategy(ScanFacts.Strategy strategy) {
    return switch (strategy) {
      case SCAN -> ScanStrategy.SCAN;
      case PUSHDOWN -> ScanStrategy.PUSHDOWN;
    };
  }

  private static SamplingMethod samplingMethod(ScanSampling.Method method) {
    return switch (method) {
      case NONE -> SamplingMethod.NONE;
      case BERNOULLI -> SamplingMethod.BERNOULLI;
      case BLOCK -> SamplingMethod.BLOCK;
      case LIMIT -> SamplingMethod.LIMIT;
    };
  }

  private static ColumnType columnType(io.profilemesh.core.profile.ColumnType type) {
    return ColumnType.valueOf(type.name());
  }

  private static io.profilemesh.schema.@Nullable SemanticType semanticType(
      @Nullable SemanticType type) {
    return type == null
        ? null
        : new io.profilemesh.schema.SemanticType(type.name(), type.confidence());
  }

  private static io.profilemesh.schema.@Nullable Histogram histogram(
      @Nullable Histogram histogram) {
    return histogram == null
        ? null
        : new io.profilemesh.schema.Histogram(
            histogram.edges(), histogram.counts(), quality(histogram.quality()));
  }

  private static io.profilemesh.schema.@Nullable Quantiles quantiles(
      @Nullable Quantiles quantiles) {
    return quantiles == null
        ? null
        : new io.profilemesh.schema.Quantiles(
            quantiles.ranks(), quantiles.values(), quantiles.rankError());
  }

  private static io.profilemesh.schema.@Nullable FrequentValues frequentValues(
      @Nullable FrequentValues values) {
    if (values == null) {
      return null;
    }
    List<FrequentValue> converted =
        values.values().stream()
            .map(
                value ->
                    new FrequentValue(
                        value.value(), value.hash(), value.count(), value.countError()))
            .toList();
    return new io.profilemesh.schema.FrequentValues(
        converted, values.total(), quality(values.quality()));
  }

  private static io.profilemesh.schema.Sketch sketch(Sketch sketch) {
    return new io.profilemesh.schema.Sketch(
        sketchKind(sketch.kind()),
        sketch.format(),
        sketch.hashId(),
        sketch.error(),
        ByteBuffer.wrap(sketch.data()));
  }

  private static SketchKind sketchKind(Sketch.Kind kind) {
    return switch (kind) {
      case DISTINCT_COUNT -> SketchKind.DISTINCT_COUNT;
      case QUANTILES -> SketchKind.QUANTILES;
      case FREQUENT_ITEMS -> SketchKind.FREQUENT_ITEMS;
    };
  }
}
