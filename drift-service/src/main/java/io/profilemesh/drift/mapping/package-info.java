/** Translation between records on topics and the core library. */
@NullMarked
package io.profilemesh.drift.mapping;

import org.jspecify.annotations.NullMarked;
