/** How much of the drift service's topology goes through, and what its state costs. */
@NullMarked
package io.profilemesh.benchmarks.topology;

import org.jspecify.annotations.NullMarked;
