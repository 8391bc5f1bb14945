package io.profilemesh.query.api;

import io.profilemesh.query.access.Roles;
import io.profilemesh.query.history.Reader;
import io.profilemesh.query.history.SchemaVersion;
import io.profilemesh.query.history.SchemaVersions;
import io.profilemesh.query.history.Tables;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tables: the newest of each, their past, and the version of our own. */
@Path("/api/v1")
@Produces({MediaType.APPLICATION_JSON, Answers.CSV})
@Blocking
public class TablesResource {

  private final Reader reader;
  private final Answers answers;

  @Inject
  TablesResource(Reader reader, Answers answers) {
    this.reader = reader;
    this.answers = answers;
  }

  @GET
  @RolesAllowed(Roles.READER)
  @Path("/tables")
  @Tag(name = "tables")
  @Operation(
      operationId = "listTables",
      summary = "Datasets by name, with their newest profile and verdict.")
  @APIResponse(
      responseCode = "200",
      description = "A page of datasets.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ListAnswer.OfTables.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  public Response tables(
      @BeanParam TableParameters filters,
      @BeanParam PageParameters page,
      @BeanParam FormatParameter format,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    return answers.list(
        uri,
        headers,
        format.format,
        reader.answer(
            Tables.byName(filters.where(uri), page.read(Answers.scope(uri), answers.codec()))),
        CsvTables.TABLES,
        Function.identity());
  }

  @GET
  @RolesAllowed(Roles.READER)
  @Path(DatasetPath.TABLE + "/history")
  @Tag(name = "tables")
  @Operation(
      operationId = "getTableHistory",
      summary = "Profiles of a dataset, newest first, with the metrics of the table or a column.")
  @APIResponse(
      responseCode = "200",
      description = "A page of profiles; empty for a dataset that was never profiled.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ListAnswer.OfHistory.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  public Response history(
      @PathParam("datasetId")
          @Parameter(
              description =
                  "Dataset id: source/schema/table or source/schema/table@slice, URL-encoded.")
          String datasetId,
      @BeanParam HistoryParameters filters,
      @BeanParam PageParameters page,
      @BeanParam FormatParameter format,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    String dataset = Objects.requireNonNull(Values.dataset("datasetId", datasetId));
    return answers.list(
        uri,
        headers,
        format.format,
        reader.answer(
            Tables.history(
                dataset,
                Values.text("column", filters.column),
                Values.text("metric", filters.metric),
                filters.where(Instant.now()),
                page.read(Answers.scope(uri), answers.codec()))),
        CsvTables.HISTORY,
        CsvTables.HistoryLine::of);
  }

  @GET
  @RolesAllowed(Roles.READER)
  @Path("/table-states")
  @Tag(name = "administration")
  @Operation(
      operationId = "listTableStates",
      summary = "What was last known of datasets, and what the planner decided.")
  @APIResponse(
      responseCode = "200",
      description = "A page of states.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ListAnswer.OfTableStates.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  public Response states(
      @BeanParam TableParameters filters,
      @BeanParam PageParameters page,
      @BeanParam FormatParameter format,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    return answers.list(
        uri,
        headers,
        format.format,
        reader.answer(
            Tables.states(filters.where(uri), page.read(Answers.scope(uri), answers.codec()))),
        CsvTables.TABLE_STATES,
        Function.identity());
  }

  @GET
  @RolesAllowed(Roles.READER)
  @Path("/schema-version")
  @Tag(name = "administration")
  @Operation(operationId = "getSchemaVersion", summary = "Version of the metadata tables.")
  @APIResponse(
      responseCode = "200",
      description = "The version and the migrations that led to it.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = SchemaVersion.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  public Response schemaVersion(@BeanParam FormatParameter format, @Context HttpHeaders headers) {
    return answers.one(
        headers,
        format.format,
        reader.answer(SchemaVersions.current()),
        CsvTables.MIGRATIONS,
        SchemaVersion::history);
  }
}
