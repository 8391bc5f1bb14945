/** What has to be true before the service starts, and how it is put together. */
@NullMarked
package io.profilemesh.query.start;

import org.jspecify.annotations.NullMarked;
