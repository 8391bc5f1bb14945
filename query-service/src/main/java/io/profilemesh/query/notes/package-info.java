/** What people write about tables and columns, kept apart from what profiles say. */
@NullMarked
package io.profilemesh.query.notes;

import org.jspecify.annotations.NullMarked;
