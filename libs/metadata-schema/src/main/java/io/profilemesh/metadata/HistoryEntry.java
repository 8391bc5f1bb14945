package io.profilemesh.metadata;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done to a database, as it remembers it.
 *
 * @param rank order in which things were done, from 1
 * @param version version it led to; null: none
 * @param description what it did
 * @param type SQL, BASELINE or DELETE
 * @param script file it came from
 * @param checksum checksum of the file then; null: it had none
 * @param installedBy database role
 * @param installedAt when
 * @param milliseconds how long it took
 * @param success whether it came to its end
 */
public record HistoryEntry(
    int rank,
    @Nullable String version,
    String description,
    String type,
    String script,
    @Nullable Integer checksum,
    String installedBy,
    Instant installedAt,
    long milliseconds,
    boolean success) {}
