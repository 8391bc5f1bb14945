/** The tables that have a partition for each month, and how months appear. */
@NullMarked
package io.profilemesh.metadata.months;

import org.jspecify.annotations.NullMarked;
