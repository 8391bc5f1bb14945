/** The commands: options in, one call each, an exit code out. */
@NullMarked
package io.profilemesh.cli.command;

import org.jspecify.annotations.NullMarked;
