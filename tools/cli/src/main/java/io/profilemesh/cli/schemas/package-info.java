/** The contract's schemas in a registry. */
@NullMarked
package io.profilemesh.cli.schemas;

import org.jspecify.annotations.NullMarked;
