/** The metadata tables as files, for a warehouse. */
@NullMarked
package io.profilemesh.cli.export;

import org.jspecify.annotations.NullMarked;
