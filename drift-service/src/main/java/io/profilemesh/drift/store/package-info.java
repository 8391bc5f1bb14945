/**
 * State of the drift service and its bytes; docs/adr says what of it may change without a reset.
 */
@NullMarked
package io.profilemesh.drift.store;

import org.jspecify.annotations.NullMarked;
