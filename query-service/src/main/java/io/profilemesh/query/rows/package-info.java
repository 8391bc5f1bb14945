/** From records to rows: what each record changes in the tables, whatever order records come in. */
@NullMarked
package io.profilemesh.query.rows;

import org.jspecify.annotations.NullMarked;
