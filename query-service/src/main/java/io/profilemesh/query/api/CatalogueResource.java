package io.profilemesh.query.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.query.access.Roles;
import io.profilemesh.query.history.Catalogue;
import io.profilemesh.query.history.Reader;
import io.profilemesh.query.history.Series;
import io.profilemesh.query.history.SeriesPoint;
import io.profilemesh.query.history.TableDetails;
import io.profilemesh.query.journal.Audited;
import io.profilemesh.query.journal.Trail;
import io.profilemesh.query.notes.Notes;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The catalogue: tables, their columns, what people write about them, and metrics over time. */
@Path("/api/v1")
@Tag(name = "tables")
@Blocking
public class CatalogueResource {

  private static final String TABLE = DatasetPath.TABLE;
  private static final String DATASET = "Dataset id, its / written as %2F.";

  private final Reader reader;
  private final Answers answers;
  private final Notes notes;
  private final Rights rights;
  private final Trail trail;

  @Inject
  CatalogueResource(Reader reader, Answers answers, Notes notes, Rights rights, Trail trail) {
    this.trail = trail;
    this.reader = reader;
    this.answers = answers;
    this.notes = notes;
    this.rights = rights;
  }

  @GET
  @Path(TABLE)
  @RolesAllowed(Roles.READER)
  @Produces({MediaType.APPLICATION_JSON, Answers.CSV})
  @Operation(
      operationId = "getTable",
      summary = "A table with its columns, as the catalogue knows it.",
      description = "As CSV, its columns. A slice stands for its table.")
  @APIResponse(
      responseCode = "200",
      description = "The table.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = TableDetails.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  public Response table(
      @PathParam("datasetId") @Parameter(description = DATASET) String datasetId,
      @BeanParam FormatParameter format,
      @Context HttpHeaders headers) {
    return answers.one(
        headers,
        format.format,
        details(dataset(datasetId)),
        CatalogueTables.COLUMNS,
        TableDetails::columns);
  }

  @PATCH
  @Path(TABLE)
  @RolesAllowed(Roles.OPERATOR)
  @Audited(action = "change", resource = "table")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "changeTable",
      summary = "Write owner, description or tags of a table.",
      description =
          "What is written wins over source and configuration; null goes back to them. actor for"
              + " the record.")
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = NoteChange.TableForm.class)))
  @APIResponse(
      responseCode = "200",
      description = "The table with the change.",
      content = @Content(schema = @Schema(implementation = TableDetails.class)))
  public TableDetails changeTable(
      @PathParam("datasetId") @Parameter(description = DATASET) String datasetId,
      @Nullable JsonNode body) {
    DatasetId table = dataset(datasetId);
    trail.about(table.toString(), null);
    trail.after(body);
    change(table, null, NoteChange.read(body, true));
    return details(table);
  }

  @PATCH
  @Path(TABLE + "/columns/{column}")
  @RolesAllowed(Roles.OPERATOR)
  @Audited(action = "change", resource = "column")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "changeColumn",
      summary = "Write description or tags of a column.",
      description =
          "What is written wins over the comment of the source; null goes back to it. actor for the"
              + " record.")
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = NoteChange.ColumnForm.class)))
  @APIResponse(
      responseCode = "200",
      description = "The column with the change.",
      content = @Content(schema = @Schema(implementation = TableDetails.Column.class)))
  public TableDetails.Column changeColumn(
      @PathParam("datasetId") @Parameter(description = DATASET) String datasetId,
      @PathParam("column") @Parameter(description = "Column, URL-encoded.") String column,
      @Nullable JsonNode body) {
    DatasetId table = dataset(datasetId);
    Values.text("column", column);
    trail.about(table.toString(), column);
    trail.after(body);
    change(table, column, NoteChange.read(body, false));
    return details(table).columns().stream()
        .filter(one -> one.column().equals(column))
        .findFirst()
        .orElseThrow(() -> ProblemException.notFound("The table has no such column."));
  }

  @GET
  @Path(TABLE + "/schemas")
  @RolesAllowed(Roles.READER)
  @Produces({MediaType.APPLICATION_JSON, Answers.CSV})
  @Operation(
      operationId = "listTableSchemas",
      summary = "Every set of columns a table was seen with, the newest first, at most 500.")
  @APIResponse(
      responseCode = "200",
      description = "The sets of columns; none for a table that was never profiled.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema =
                @Schema(
                    type = SchemaType.ARRAY,
                    implementation = TableDetails.SchemaVersion.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  public Response schemas(
      @PathParam("datasetId") @Parameter(description = DATASET) String datasetId,
      @BeanParam FormatParameter format,
      @Context HttpHeaders headers) {
    return answers.one(
        headers,
        format.format,
        reader.answer(Catalogue.schemas(dataset(datasetId))),
        CatalogueTables.SCHEMAS,
        Function.identity());
  }

  @GET
  @Path(TABLE + "/metrics/{metric}")
  @RolesAllowed(Roles.READER)
  @Produces({MediaType.APPLICATION_JSON, Answers.CSV})
  @Operation(
      operationId = "getTableSeries",
      summary = "A metric of a table over time, the oldest point first.")
  @APIResponse(
      responseCode = "200",
      description = "The points; none where the metric was never measured.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.ARRAY, implementation = SeriesPoint.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  public Response tableSeries(
      @PathParam("datasetId") @Parameter(description = DATASET) String datasetId,
      @PathParam("metric") @Parameter(description = "Metric.") String metric,
      @BeanParam SeriesParameters part,
      @BeanParam FormatParameter format,
      @Context HttpHeaders headers) {
    return series(dataset(datasetId), null, metric, part, format, headers);
  }

  @GET
  @Path(TABLE + "/columns/{column}/metrics/{metric}")
  @RolesAllowed(Roles.READER)
  @Produces({MediaType.APPLICATION_JSON, Answers.CSV})
  @Operation(
      operationId = "getColumnSeries",
      summary = "A metric of a column over time, the oldest point first.")
  @APIResponse(
      responseCode = "200",
      description = "The points; none where the metric was never measured.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.ARRAY, implementation = SeriesPoint.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  public Response columnSeries(
      @PathParam("datasetId") @Parameter(description = DATASET) String datasetId,
      @PathParam("column") @Parameter(description = "Column, URL-encoded.") String column,
      @PathParam("metric") @Parameter(description = "Metric.") String metric,
      @BeanParam SeriesParameters part,
      @BeanParam FormatParameter format,
      @Context HttpHeaders headers) {
    return series(dataset(datasetId), Values.text("column", column), metric, part, format, headers);
  }

  private Response series(
      DatasetId dataset,
      @Nullable String column,
      String metric,
      SeriesParameters part,
      FormatParameter format,
      HttpHeaders headers) {
    List<SeriesPoint> points =
        reader.answer(
            Series.of(
                dataset,
                column,
                Objects.requireNonNull(Values.text("metric", metric)),
                part.bucket(),
                part.where(Instant.now()),
                part.limit()));
    return answers.one(headers, format.format, points, CatalogueTables.SERIES, Function.identity());
  }

  private void change(DatasetId table, @Nullable String column, NoteChange change) {
    rights.requireOperator(table.toString());
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    String editor = rights.orderedBy(change.actor());
    if (!notes.change(table, column, change.change(), editor, now)) {
      throw ProblemException.notFound(
          column == null
              ? "No profile spoke of this table yet."
              : "No profile spoke of this column yet.");
    }
    trail.wrote(1);
  }

  private TableDetails details(DatasetId table) {
    return reader
        .answer(Catalogue.table(table))
        .orElseThrow(() -> ProblemException.notFound("No profile spoke of this table yet."));
  }

  private static DatasetId dataset(String datasetId) {
    return DatasetId.parse(Objects.requireNonNull(Values.dataset("datasetId", datasetId)));
  }
}
