package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.Metric;
import org.jspecify.annotations.Nullable;

/**
 * One metric against what was expected of it; all numbers in the metric's unit.
 *
 * @param column null: the table
 * @param lower lower end of the expected range
 * @param upper upper end of the expected range
 */
public record Judgement(
    @Nullable ColumnName column,
    Metric metric,
    double baseline,
    double lower,
    double upper,
    double current) {}
