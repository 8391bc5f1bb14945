/**
 * What differs between databases: names, catalogue, types, sampling, errors.
 *
 * <p>{@link io.profilemesh.profiler.dialect.Dialect} is the entry; its {@link
 * io.profilemesh.profiler.dialect.Catalog} finds tables and describes them. Names that reach SQL
 * come from the catalogue and are quoted by the dialect.
 */
@NullMarked
package io.profilemesh.profiler.dialect;

import org.jspecify.annotations.NullMarked;
