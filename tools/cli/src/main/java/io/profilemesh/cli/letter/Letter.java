package io.profilemesh.cli.letter;

import io.profilemesh.schema.DeadLetter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as it stands in its topic.
 *
 * @param letter what it says: where the refused record is, and why it was refused
 * @param key key of the refused record, or null
 * @param refusedAt when the letter was written
 */
public record Letter(DeadLetter letter, @Nullable String key, Instant refusedAt) {}
