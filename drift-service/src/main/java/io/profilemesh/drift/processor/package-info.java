/** Steps of the topology: they keep state, the core library thinks. */
@NullMarked
package io.profilemesh.drift.processor;

import org.jspecify.annotations.NullMarked;
