package io.profilemesh.schema.serde;

import org.apache.avro.Schema;

/** Stands for a registered text that is no Avro schema, or none that a reader could bear. */
final class UnusableSchema {

  static final Schema SCHEMA = Schema.create(Schema.Type.NULL);

  private UnusableSchema() {}
}
