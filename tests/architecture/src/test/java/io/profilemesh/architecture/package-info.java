/** The rules of docs/architecture.md, executed. */
@NullMarked
package io.profilemesh.architecture;

import org.jspecify.annotations.NullMarked;
