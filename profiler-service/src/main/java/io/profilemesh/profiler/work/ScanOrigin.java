package io.profilemesh.profiler.work;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a source stood before it was scanned. Read before the scan's snapshot began, so that whatever
 * the scan did not see makes the next token another one.
 *
 * @param token what the source said of the table's last change, or null
 * @param lookedAt when it was asked
 * @param settings hash of the settings that shape the profile
 * @param bytes size of the table at the source, or null
 */
record ScanOrigin(
    @Nullable String token, Instant lookedAt, String settings, @Nullable Long bytes) {}
