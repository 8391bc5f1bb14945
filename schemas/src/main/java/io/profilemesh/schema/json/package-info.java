/**
 * Records as JSON for people: requests typed into a shell, samples, and output of the command line.
 */
@NullMarked
package io.profilemesh.schema.json;

import org.jspecify.annotations.NullMarked;
