package io.profilemesh.core.drift;

import java.util.Optional;

/** Compares one metric of a column with its baseline. */
@FunctionalInterface
interface MetricComparer {

  /** The comparison; empty when the two columns do not have what it takes. */
  Optional<Comparison> compare(ColumnView baseline, ColumnView current);
}
