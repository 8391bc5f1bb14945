/** From tables to answers: questions as parameterised, paged SQL. */
@NullMarked
package io.profilemesh.query.history;

import org.jspecify.annotations.NullMarked;
