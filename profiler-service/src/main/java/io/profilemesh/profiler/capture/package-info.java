/**
 * Profiling that follows from changed rows: the source's log is read, changes are counted, and
 * enough of them become a request.
 *
 * <p>{@link io.profilemesh.profiler.capture.ChangeCapture} shares sources out among instances;
 * {@link io.profilemesh.profiler.capture.CapturedSource} follows one; {@link
 * io.profilemesh.profiler.capture.ChangeBudget} decides when a table is asked for.
 */
@NullMarked
package io.profilemesh.profiler.capture;

import org.jspecify.annotations.NullMarked;
