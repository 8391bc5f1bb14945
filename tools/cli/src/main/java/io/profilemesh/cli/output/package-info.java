/** How answers look: aligned tables, JSON, CSV, colours and progress. */
@NullMarked
package io.profilemesh.cli.output;

import org.jspecify.annotations.NullMarked;
