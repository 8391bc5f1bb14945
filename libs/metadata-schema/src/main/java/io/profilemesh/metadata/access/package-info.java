/** Keys and what they are granted, as the metadata tables hold them. */
@NullMarked
package io.profilemesh.metadata.access;

import org.jspecify.annotations.NullMarked;
