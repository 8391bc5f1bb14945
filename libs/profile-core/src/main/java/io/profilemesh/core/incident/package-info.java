/** The life of an incident: what a run's findings, and people, do to what is already known. */
@NullMarked
package io.profilemesh.core.incident;

import org.jspecify.annotations.NullMarked;
