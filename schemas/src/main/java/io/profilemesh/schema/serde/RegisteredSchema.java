package io.profilemesh.schema.serde;

import org.apache.avro.Schema;

/**
 * A schema as the registry holds it.
 *
 * @param subject where it is registered
 * @param version version within the subject, from 1
 * @param id identity across subjects, as it stands in record headers
 * @param schema the schema
 */
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}
