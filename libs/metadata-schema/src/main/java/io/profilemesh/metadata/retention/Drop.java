package io.profilemesh.metadata.retention;

import io.profilemesh.metadata.months.MonthlyTable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Rows to drop, or dropped: a whole partition, or those of the default partition before an instant.
 *
 * @param table the table
 * @param partition name of its partition
 * @param whole whether the partition goes with them
 * @param from first instant of the partition; null: it has no beginning
 * @param to instant before which the rows lie
 * @param rows rows
 * @param bytes size of the partition with indexes
 */
public record Drop(
    MonthlyTable table,
    String partition,
    boolean whole,
    @Nullable Instant from,
    Instant to,
    long rows,
    long bytes) {}
