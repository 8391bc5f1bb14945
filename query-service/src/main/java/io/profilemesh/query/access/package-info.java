/** Who makes a request, and what they may: keys, roles, scopes. */
@NullMarked
package io.profilemesh.query.access;

import org.jspecify.annotations.NullMarked;
