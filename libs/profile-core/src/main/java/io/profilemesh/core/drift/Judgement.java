package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnName;
import org.jspecify.annotations.Nullable;

/**
 * One metric against what was expected of it; all numbers in the metric's unit.
 *
 * @param column null: the table
 * @param metric name of the metric in events
 * @param lower lower end of the expected range
 * @param upper upper end of the expected range
 */
public record Judgement(
    @Nullable ColumnName column,
    String metric,
    double baseline,
    double lower,
    double upper,
    double current) {}
