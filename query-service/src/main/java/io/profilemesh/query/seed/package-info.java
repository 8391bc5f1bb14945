/** Stored runs as the history that the drift service is to begin with. */
@NullMarked
package io.profilemesh.query.seed;

import org.jspecify.annotations.NullMarked;
