/** Listings: which columns they have, and how page follows page. */
@NullMarked
package io.profilemesh.cli.query;

import org.jspecify.annotations.NullMarked;
