/** How long rows of the tables with months are kept, and the dropping of months that are older. */
@NullMarked
package io.profilemesh.metadata.retention;

import org.jspecify.annotations.NullMarked;
