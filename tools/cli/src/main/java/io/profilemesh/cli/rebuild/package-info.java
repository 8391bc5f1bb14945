/** The derived tables made again from the topics. */
@NullMarked
package io.profilemesh.cli.rebuild;

import org.jspecify.annotations.NullMarked;
