/**
 * A real broker, schema registry and PostgreSQL for the demo and the tests, behind one interface.
 */
@NullMarked
package io.profilemesh.stack;

import org.jspecify.annotations.NullMarked;
