package io.profilemesh.metadata.retention;

import io.profilemesh.metadata.months.MonthlyTable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A table with months, and how long its rows are kept.
 *
 * @param table the table
 * @param keepDays days that rows are kept at least; null: for good
 * @param droppedBefore instant before which rows were dropped; null: none were
 * @param partitions partitions there are
 * @param bytes their size with indexes
 */
public record KeptTable(
    MonthlyTable table,
    @Nullable Integer keepDays,
    @Nullable Instant droppedBefore,
    int partitions,
    long bytes) {}
