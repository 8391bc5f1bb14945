/** Figures with their ratios, measured side by side in one run. */
@NullMarked
package io.profilemesh.benchmarks;

import org.jspecify.annotations.NullMarked;
