/** What a check found: whether it is as it should be, and what to do where it is not. */
@NullMarked
package io.profilemesh.cli.check;

import org.jspecify.annotations.NullMarked;
