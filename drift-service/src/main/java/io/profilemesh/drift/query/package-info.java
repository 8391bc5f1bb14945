/** Read access to what the service remembers, over every instance: interactive queries. */
@NullMarked
package io.profilemesh.drift.query;

import org.jspecify.annotations.NullMarked;
