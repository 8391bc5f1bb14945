package io.profilemesh.query.api;

import io.profilemesh.query.history.Where;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Filters of tables. */
public class TableParameters {

  @QueryParam("source")
  @Parameter(description = "Source.")
  @Nullable String source;

  @QueryParam(Values.SCHEMA)
  @Parameter(description = "Schema; empty where the engine has none.")
  @Nullable String schema;

  @QueryParam("table")
  @Parameter(description = "Table.")
  @Nullable String table;

  @QueryParam("slice")
  @Parameter(description = "Slice.")
  @Nullable String slice;

  @QueryParam("environment")
  @Parameter(description = "Environment of the mesh.")
  @Nullable String environment;

  @QueryParam("owner")
  @Parameter(description = "Owner: what people wrote, else as configured.")
  @Nullable String owner;

  @QueryParam("tag")
  @Parameter(description = "Tag: what people wrote, else as configured.")
  @Nullable String tag;

  Where where(UriInfo uri) {
    String ofOwner = Values.text("owner", owner);
    String withTag = Values.text("tag", tag);
    Where where = new Where();
    if (ofOwner != null) {
      where.and("COALESCE(n.owner, t.owner) = ?", ofOwner);
    }
    if (withTag != null) {
      where.and("? = ANY (COALESCE(n.tags, t.tags))", withTag);
    }
    return where
        .equal("t.source", Values.text("source", source))
        .equal("t.schema_name", Values.schema(uri))
        .equal("t.table_name", Values.text("table", table))
        .equal("t.slice", Values.text("slice", slice))
        .equal("t.environment", Values.text("environment", environment));
  }
}
