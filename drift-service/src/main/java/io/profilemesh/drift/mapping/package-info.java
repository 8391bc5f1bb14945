/** Translation between incidents of the core library and their records. */
@NullMarked
package io.profilemesh.drift.mapping;

import org.jspecify.annotations.NullMarked;
