/**
 * How records travel: Avro in the Confluent wire format, schemas in a registry that speaks the
 * Confluent REST API.
 */
@NullMarked
package io.profilemesh.schema.serde;

import org.jspecify.annotations.NullMarked;
