/** Profiles and how they are made: identities, metrics, accumulators that combine, sketches. */
@NullMarked
package io.profilemesh.core.profile;

import org.jspecify.annotations.NullMarked;
