/**
 * What is remembered of the runs of a dataset, and its bytes; docs/adr says what of it may change
 * without a reset.
 */
@NullMarked
package io.profilemesh.judgement.memory;

import org.jspecify.annotations.NullMarked;
