/** Where the mesh is: flags, environment, or the local mesh that is running. */
@NullMarked
package io.profilemesh.cli.connection;

import org.jspecify.annotations.NullMarked;
