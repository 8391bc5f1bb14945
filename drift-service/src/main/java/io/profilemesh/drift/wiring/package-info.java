/** Where the topology meets its process: configuration, health, metrics, start and stop. */
@NullMarked
package io.profilemesh.drift.wiring;

import org.jspecify.annotations.NullMarked;
