/** Judges stored runs again: on demand, and under policies that are only proposed. */
@NullMarked
package io.profilemesh.query.compare;

import org.jspecify.annotations.NullMarked;
