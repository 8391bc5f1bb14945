/** From records to rows: what each record changes in the tables, whatever order records come in. */
@NullMarked
package io.profilemesh.sink.rows;

import org.jspecify.annotations.NullMarked;
