/** The contract between the services: records, topics, reason codes, and how they travel. */
@NullMarked
package io.profilemesh.schema;

import org.jspecify.annotations.NullMarked;
