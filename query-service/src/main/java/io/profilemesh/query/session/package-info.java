/** People: their passwords, and the sessions that begin with one. */
@NullMarked
package io.profilemesh.query.session;

import org.jspecify.annotations.NullMarked;
