/**
 * Reads a table once and profiles it on the way.
 *
 * <p>{@link io.profilemesh.profiler.scan.TableScan#scan} takes a {@link
 * io.profilemesh.profiler.scan.ScanRequest} and answers with a {@link
 * io.profilemesh.profiler.scan.ScanResult}; failures of the source are results, not exceptions. A
 * scan runs on the caller's thread and on threads of its own, opens its connections from the {@link
 * io.profilemesh.profiler.scan.ConnectionSource} it is given and closes them, and ends early when
 * its {@link io.profilemesh.profiler.scan.ScanCancellation} is triggered or the deadline passes.
 */
@NullMarked
package io.profilemesh.profiler.scan;

import org.jspecify.annotations.NullMarked;
