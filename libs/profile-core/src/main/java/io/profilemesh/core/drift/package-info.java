/** Drift as a function: a baseline, a profile and policies in, judgements and findings out. */
@NullMarked
package io.profilemesh.core.drift;

import org.jspecify.annotations.NullMarked;
