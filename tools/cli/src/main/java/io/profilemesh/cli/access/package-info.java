/** Keys: made and revoked in the metadata database, kept for the local mesh. */
@NullMarked
package io.profilemesh.cli.access;

import org.jspecify.annotations.NullMarked;
