package io.profilemesh.query.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A table as the catalogue knows it. */
@Schema(name = "TableDetails", description = "A table as the catalogue knows it.")
public record TableDetails(
    @Schema(description = "Dataset id of the whole table.") String tableId,
    String source,
    String schema,
    String table,
    String environment,
    @Schema(description = "What people wrote, else as configured.") @Nullable String owner,
    @Nullable String description,
    @Schema(description = "What people wrote, else as configured.") List<String> tags,
    @Nullable String editedBy,
    @Nullable Instant editedAt,
    @Schema(description = "Whether it was seen since the source last missed it.") boolean active,
    Instant firstSeenAt,
    Instant lastSeenAt,
    @Nullable Instant vanishedAt,
    UUID lastRunId,
    @Schema(description = "Dataset id of the newest profile: the table or a slice of it.")
        String lastDatasetId,
    @Nullable Long rowCount,
    @Nullable Long bytes,
    @Nullable Integer columnCount,
    @Schema(description = "How many sets of columns it was seen with.") int schemaVersion,
    @Nullable String schemaFingerprint,
    @Schema(description = "In order; columns that are gone last.") List<Column> columns) {

  public TableDetails {
    tags = List.copyOf(tags);
    columns = List.copyOf(columns);
  }

  /** A column as the catalogue knows it. */
  @Schema(name = "CatalogueColumn", description = "A column as the catalogue knows it.")
  public record Column(
      String column,
      int position,
      @Nullable String dataType,
      @Nullable String columnType,
      @Nullable Boolean nullable,
      @Schema(description = "What people wrote, else the comment of the source.")
          @Nullable String description,
      List<String> tags,
      @Nullable String semanticType,
      @Schema(description = "Whether the table had it at its newest profile.") boolean active,
      Instant firstSeenAt,
      Instant lastSeenAt,
      @Schema(
              implementation = Object.class,
              description = "Its metrics at the newest profile, by name; null: not profiled.")
          @Nullable JsonNode statistics) {

    public Column {
      tags = List.copyOf(tags);
    }
  }

  /** A set of columns that a table was seen with. */
  @Schema(name = "TableSchema", description = "A set of columns that a table was seen with.")
  public record SchemaVersion(
      String fingerprint,
      Instant firstSeenAt,
      Instant lastSeenAt,
      UUID lastRunId,
      @Schema(
              implementation = Object.class,
              description = "Name, position, dataType, columnType, nullable and description.")
          @Nullable JsonNode columns) {}
}
