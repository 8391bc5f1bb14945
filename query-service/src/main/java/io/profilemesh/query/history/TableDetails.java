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
    @Schema(description = "What people wrote, else the comment of the source.")
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
    @Schema(
            enumeration = {
              "table",
              "partitioned_table",
              "view",
              "materialized_view",
              "foreign_table",
              "file"
            },
            description = "What it is at its source; null here and below: the source cannot say.")
        @Nullable String tableType,
    @Schema(description = "Access method, storage engine or file format.")
        @Nullable String storageFormat,
    @Schema(description = "Tablespace, server, or file below the source's directory.")
        @Nullable String location,
    @Schema(description = "Bytes before compression divided by bytes after it.")
        @Nullable Double compressionRatio,
    @Schema(description = "By what it is divided into partitions.") @Nullable String partitioning,
    @Schema(description = "Role that owns it at the source.") @Nullable String sourceOwner,
    @Schema(description = "Who made it, where the source remembers.") @Nullable String creator,
    @Schema(description = "When it was last read at the source, scans included.")
        @Nullable Instant lastAccessedAt,
    @Schema(
            implementation = Object.class,
            description = "What else only this kind of source says, by its own words.")
        @Nullable JsonNode metadata,
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
              description =
                  "As the source writes it; literals are question marks where values of the column"
                      + " are not published.")
          @Nullable String defaultValue,
      @Nullable Boolean primaryKey,
      @Schema(description = "Whether it is a key column of an index.") @Nullable Boolean indexed,
      @Schema(description = "Unique, check and foreign key constraints that it belongs to.")
          @Nullable List<@Nullable String> constraints,
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
              description =
                  "Name, position, dataType, columnType, nullable, description, defaultValue,"
                      + " primaryKey, indexed and constraints.")
          @Nullable JsonNode columns) {}
}
