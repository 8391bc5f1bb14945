/** Operating system processes: starting, recognising again after a crash, health, ports, logs. */
@NullMarked
package io.profilemesh.stack.process;

import org.jspecify.annotations.NullMarked;
