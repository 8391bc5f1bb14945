/** The stack as child processes on loopback, under one data directory. */
@NullMarked
package io.profilemesh.stack.local;

import org.jspecify.annotations.NullMarked;
