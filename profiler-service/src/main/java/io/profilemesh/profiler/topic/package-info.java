/** Whole topics kept in memory: what every instance has to know. */
@NullMarked
package io.profilemesh.profiler.topic;

import org.jspecify.annotations.NullMarked;
