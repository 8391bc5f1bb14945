/**
 * Accepted runs, from the work topic to their end.
 *
 * <p>Scans outlast polls and end in any order, so work is not acknowledged record by record: {@link
 * io.profilemesh.profiler.work.RunWorker} scans outside any transaction and ends a run with one
 * short transaction; {@link io.profilemesh.profiler.work.LedgerView} knows which runs have ended.
 */
@NullMarked
package io.profilemesh.profiler.work;

import org.jspecify.annotations.NullMarked;
