/** What the profiler writes to topics: profiles, run events, and the transaction they travel in. */
@NullMarked
package io.profilemesh.profiler.publish;

import org.jspecify.annotations.NullMarked;
