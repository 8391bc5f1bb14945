/** The drift service: profiles in, verdicts and drift events out. */
@NullMarked
package io.profilemesh.drift;

import org.jspecify.annotations.NullMarked;
