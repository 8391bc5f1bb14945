/** The detection laboratory: real tables, injected faults, and what is found of them. */
@NullMarked
package io.profilemesh.benchmarks.detection;

import org.jspecify.annotations.NullMarked;
