/** How long rows of the metadata tables are kept. */
@NullMarked
package io.profilemesh.cli.retention;

import org.jspecify.annotations.NullMarked;
