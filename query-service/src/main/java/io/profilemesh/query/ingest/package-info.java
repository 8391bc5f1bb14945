/** From topics to tables: one sink per topic, one database transaction per batch. */
@NullMarked
package io.profilemesh.query.ingest;

import org.jspecify.annotations.NullMarked;
