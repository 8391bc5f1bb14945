/** Calls of the query service's REST interface. */
@NullMarked
package io.profilemesh.cli.rest;

import org.jspecify.annotations.NullMarked;
