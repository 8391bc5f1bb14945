package io.profilemesh.query.compare;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.Sketch;
import io.profilemesh.core.profile.SketchedDistribution;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.core.statistics.Distances;
import io.profilemesh.query.history.StoredProfiles;
import io.profilemesh.query.history.StoredRun;
import io.profilemesh.query.history.StoredSketches;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Distances between the distributions of two runs, from their kept sketches. */
final class Distributions {

  /** By chance one column in a thousand is further away than its noise says. */
  private static final double ALPHA = 0.001;

  private Distributions() {}

  /** Distances of every column of which both runs have a quantile sketch, in their order. */
  static List<DistributionDistance> between(
      Connection connection, StoredRun baseline, StoredRun current, TableProfile now)
      throws SQLException {
    Map<ColumnName, Sketch> sketches = StoredSketches.quantiles(connection, current);
    Map<ColumnName, Sketch> earlier =
        sketches.isEmpty() ? Map.of() : StoredSketches.quantiles(connection, baseline);
    if (earlier.isEmpty()) {
      return List.of();
    }
    TableProfile before = StoredProfiles.read(connection, List.of(baseline)).get(0);
    List<DistributionDistance> distances = new ArrayList<>();
    for (ColumnProfile column : now.columnProfiles()) {
      Optional<ColumnProfile> old = before.column(column.name());
      Optional<SketchedDistribution> first = of(earlier.get(column.name()));
      Optional<SketchedDistribution> second = of(sketches.get(column.name()));
      if (old.isPresent() && first.isPresent() && second.isPresent()) {
        double n = values(before, old.get());
        double m = values(now, column);
        distances.add(distance(old.get(), n, m, first.get(), second.get()));
      }
    }
    return distances;
  }

  private static DistributionDistance distance(
      ColumnProfile old, double n, double m, SketchedDistribution one, SketchedDistribution two) {
    double wasserstein = one.wasserstein(two);
    double spread = old.number(Metric.STANDARD_DEVIATION).orElse(0);
    return new DistributionDistance(
        old.name().value(),
        one.kolmogorovSmirnov(two),
        Math.min(
            1, Distances.kolmogorovSmirnovCritical(ALPHA, n, m, one.rankError(), two.rankError())),
        wasserstein,
        spread > 0 ? wasserstein / spread : null,
        one.populationStability(two));
  }

  private static Optional<SketchedDistribution> of(@Nullable Sketch sketch) {
    return sketch == null ? Optional.empty() : SketchedDistribution.of(sketch);
  }

  private static double values(TableProfile profile, ColumnProfile column) {
    return Math.max(1, profile.rowCount() - column.number(Metric.NULL_COUNT).orElse(0));
  }
}
