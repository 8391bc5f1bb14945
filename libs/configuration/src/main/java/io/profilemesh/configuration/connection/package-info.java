/** How a configured source is reached: its address, its driver, and whether it answers. */
@NullMarked
package io.profilemesh.configuration.connection;

import org.jspecify.annotations.NullMarked;
