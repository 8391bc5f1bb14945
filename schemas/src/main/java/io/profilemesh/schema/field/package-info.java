/** Marks that generated records carry, so that the compiler knows which fields may be null. */
@NullMarked
package io.profilemesh.schema.field;

import org.jspecify.annotations.NullMarked;
