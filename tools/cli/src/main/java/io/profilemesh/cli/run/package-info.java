/** Runs as the command line sees them: asked for, followed, judged. */
@NullMarked
package io.profilemesh.cli.run;

import org.jspecify.annotations.NullMarked;
