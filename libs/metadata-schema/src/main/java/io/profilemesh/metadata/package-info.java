/** The versioned metadata tables: their migrations, and whether a database fits this version. */
@NullMarked
package io.profilemesh.metadata;

import org.jspecify.annotations.NullMarked;
