/** Keeps what travels on the topics in tables, and answers questions about it. */
@NullMarked
package io.profilemesh.query;

import org.jspecify.annotations.NullMarked;
