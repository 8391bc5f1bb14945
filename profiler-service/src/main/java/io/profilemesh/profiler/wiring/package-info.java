/** How the parts become a service: settings, clients, start and stop, channels and health. */
@NullMarked
package io.profilemesh.profiler.wiring;

import org.jspecify.annotations.NullMarked;
