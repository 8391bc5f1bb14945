/** Configured sources, asked what they let the profiler see. */
@NullMarked
package io.profilemesh.cli.source;

import org.jspecify.annotations.NullMarked;
