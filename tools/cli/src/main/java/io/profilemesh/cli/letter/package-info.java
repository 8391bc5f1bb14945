/** Dead letters: read, and their records given to their topics once more. */
@NullMarked
package io.profilemesh.cli.letter;

import org.jspecify.annotations.NullMarked;
