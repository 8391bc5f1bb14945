/**
 * What makes runs: requests from topics, checked, expanded to datasets, and answered once each.
 *
 * <p>{@link io.profilemesh.profiler.trigger.RequestIntake} receives batches; {@link
 * io.profilemesh.profiler.trigger.RequestPlanner} decides; {@link
 * io.profilemesh.profiler.trigger.IntakeTransaction} makes the decisions and the offsets one.
 */
@NullMarked
package io.profilemesh.profiler.trigger;

import org.jspecify.annotations.NullMarked;
