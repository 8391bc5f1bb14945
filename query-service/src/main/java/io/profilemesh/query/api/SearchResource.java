package io.profilemesh.query.api;

import io.profilemesh.query.access.Roles;
import io.profilemesh.query.history.Reader;
import io.profilemesh.query.history.Search;
import io.profilemesh.query.history.SearchHit;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The search. */
@Path("/api/v1/search")
@Tag(name = "tables")
@Blocking
public class SearchResource {

  private static final List<String> KINDS = List.of("table", "column", "incident");

  private final Reader reader;
  private final Answers answers;

  @Inject
  SearchResource(Reader reader, Answers answers) {
    this.reader = reader;
    this.answers = answers;
  }

  @GET
  @RolesAllowed(Roles.READER)
  @Produces({MediaType.APPLICATION_JSON, Answers.CSV})
  @Operation(
      operationId = "search",
      summary = "Tables, columns and incidents by text.",
      description =
          "Finds what has, for every word of the text, a word that begins with it: in names,"
              + " owners, tags, descriptions and the sentences of incidents.")
  @APIResponse(
      responseCode = "200",
      description = "Tables, then columns, then incidents; the best of each first.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.ARRAY, implementation = SearchHit.class)),
        @Content(mediaType = Answers.CSV, schema = @Schema(implementation = String.class))
      })
  public Response search(
      @QueryParam("q") @Parameter(description = "Text to look for.", required = true)
          @Nullable String text,
      @QueryParam("kind")
          @Parameter(
              description = "Only these.",
              schema = @Schema(enumeration = {"table", "column", "incident"}))
          @Nullable String kind,
      @QueryParam("limit")
          @Parameter(
              description = "Most hits of a kind: 1 to 100.",
              schema =
                  @Schema(
                      type = SchemaType.INTEGER,
                      minimum = "1",
                      maximum = "100",
                      defaultValue = "20"))
          @Nullable String limit,
      @BeanParam FormatParameter format,
      @Context HttpHeaders headers) {
    String question = Values.text("q", text);
    if (question == null) {
      throw ProblemException.invalid("q", "Say what to look for.");
    }
    String word = Values.word("kind", kind, KINDS);
    Set<Search.Kind> kinds =
        word == null
            ? EnumSet.allOf(Search.Kind.class)
            : EnumSet.of(Search.Kind.valueOf(word.toUpperCase(Locale.ROOT)));
    int most = Values.number("limit", limit, 20, 1, 100);
    List<SearchHit> hits = reader.answer(Search.find(question, kinds, most));
    return answers.one(headers, format.format, hits, CatalogueTables.HITS, Function.identity());
  }
}
