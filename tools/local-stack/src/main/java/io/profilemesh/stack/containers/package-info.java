/** The stack as containers of a Docker engine, for tests with {@code -Dstack=containers}. */
@NullMarked
package io.profilemesh.stack.containers;

import org.jspecify.annotations.NullMarked;
