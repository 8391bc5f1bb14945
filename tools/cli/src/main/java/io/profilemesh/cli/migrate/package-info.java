/** The metadata tables and their migrations. */
@NullMarked
package io.profilemesh.cli.migrate;

import org.jspecify.annotations.NullMarked;
