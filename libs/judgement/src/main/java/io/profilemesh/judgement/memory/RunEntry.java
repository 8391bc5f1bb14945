package io.profilemesh.judgement.memory;

import io.profilemesh.core.drift.RunPoint;
import io.profilemesh.core.profile.Quality;
import org.jspecify.annotations.Nullable;

/**
 * A completed run that may become a baseline.
 *
 * @param sequence number of the run within its dataset, in the order of arrival; columns refer to
 *     it
 * @param rowCount rows of the table
 * @param rowError how far the row count may be off; negative: not known, 0 when exact
 * @param dataAge age of the newest data in milliseconds; null: not measured
 */
public record RunEntry(
    int sequence,
    RunPoint point,
    long rowCount,
    Quality quality,
    double rowError,
    @Nullable Double dataAge) {}
