package io.profilemesh.query.api;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameter that chooses the format where no header can be set. */
public class FormatParameter {

  @QueryParam("format")
  @Parameter(
      description = "Format of the answer; without it, the Accept header decides.",
      schema = @Schema(enumeration = {"json", "csv"}))
  @Nullable String format;
}
