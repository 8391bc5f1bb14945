/** One batch of a topic, one transaction: its rows and the position it reaches. */
@NullMarked
package io.profilemesh.sink.store;

import org.jspecify.annotations.NullMarked;
