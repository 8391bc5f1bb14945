/** How keys of the configuration are declared: once, for reader, reference and JSON Schema. */
@NullMarked
package io.profilemesh.configuration.key;

import org.jspecify.annotations.NullMarked;
