/** Sources of the configuration, ready to be asked: addresses, pools, catalogues. */
@NullMarked
package io.profilemesh.profiler.source;

import org.jspecify.annotations.NullMarked;
