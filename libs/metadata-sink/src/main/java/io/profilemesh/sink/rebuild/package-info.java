/**
 * The derived tables made again from the topics, compared with those there are, and put in place.
 */
@NullMarked
package io.profilemesh.sink.rebuild;

import org.jspecify.annotations.NullMarked;
