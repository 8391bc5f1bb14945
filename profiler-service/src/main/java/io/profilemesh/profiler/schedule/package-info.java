/**
 * Pipelines that fire by the clock: once each, however many instances run, and as configured after
 * a downtime.
 *
 * <p>{@link io.profilemesh.profiler.schedule.Firings} decides; {@link
 * io.profilemesh.profiler.schedule.Scheduler} owns pipelines by partition and writes a firing's
 * request and its state in one transaction.
 */
@NullMarked
package io.profilemesh.profiler.schedule;

import org.jspecify.annotations.NullMarked;
