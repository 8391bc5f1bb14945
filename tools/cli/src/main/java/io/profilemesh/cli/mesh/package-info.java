/** The local mesh of a data directory: started, looked at, stopped. */
@NullMarked
package io.profilemesh.cli.mesh;

import org.jspecify.annotations.NullMarked;
