/** REST: parameters in, JSON, CSV and problem documents out. */
@NullMarked
package io.profilemesh.query.api;

import org.jspecify.annotations.NullMarked;
