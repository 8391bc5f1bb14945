package io.profilemesh.query.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Everything measured on one column. */
@Schema(description = "Everything measured on one column.")
public record ColumnReading(
    String column,
    int ordinal,
    @Nullable String dataType,
    @Nullable String columnType,
    @Nullable Boolean nullable,
    @Nullable String description,
    @Nullable String semanticType,
    @Nullable Double semanticConfidence,
    @Nullable String valuePolicy,
    List<MetricReading> metrics,
    @Schema(implementation = Object.class, type = SchemaType.OBJECT, nullable = true)
        @Nullable JsonNode histogram,
    @Schema(implementation = Object.class, type = SchemaType.OBJECT, nullable = true)
        @Nullable JsonNode quantiles,
    @Schema(implementation = Object.class, type = SchemaType.OBJECT, nullable = true)
        @Nullable JsonNode frequentValues) {

  public ColumnReading {
    metrics = List.copyOf(metrics);
  }
}
