/**
 * What a run reads, and when none is needed: from what a source says of its tables, and what was
 * known of them when they were last read.
 */
@NullMarked
package io.profilemesh.profiler.plan;

import org.jspecify.annotations.NullMarked;
