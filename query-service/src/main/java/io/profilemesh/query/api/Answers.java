package io.profilemesh.query.api;

import io.profilemesh.query.history.Cursor;
import io.profilemesh.query.history.Page;
import io.profilemesh.query.journal.Trail;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Turns what was found into JSON or CSV, with cursors and links. */
@ApplicationScoped
public class Answers {

  static final String CSV = "text/csv";
  private static final MediaType CSV_TYPE =
      MediaType.valueOf("text/csv;charset=UTF-8;header=present");

  private final CursorCodec codec;
  private final Trail trail;

  @Inject
  Answers(
      @ConfigProperty(name = "profilemesh.metadata.jdbc-url") String jdbcUrl,
      @ConfigProperty(name = "profilemesh.metadata.password", defaultValue = "-") String password,
      Trail trail) {
    this.trail = trail;
    // The secret every instance of one database shares anyway: cursors outlive a restart.
    this.codec = new CursorCodec(jdbcUrl + '\0' + password);
  }

  CursorCodec codec() {
    return codec;
  }

  /** List and filters of a request: what a cursor is bound to. */
  static String scope(UriInfo uri) {
    Map<String, List<String>> filters = new TreeMap<>(uri.getQueryParameters());
    List.of("cursor", "limit", "offset", "total", "format").forEach(filters::remove);
    return uri.getPath() + '?' + filters;
  }

  /** A page of a list. */
  <T, R> Response list(
      UriInfo uri,
      HttpHeaders headers,
      @Nullable String format,
      Page<T> page,
      CsvTable<R> csv,
      Function<List<T>, List<R>> lines) {
    trail.rows(page.items().size());
    String scope = scope(uri);
    String next = encode(scope, page.next());
    String previous = encode(scope, page.previous());
    Response.ResponseBuilder response =
        isCsv(headers, format)
            ? csv(csv, lines.apply(page.items()))
            : Response.ok(
                new ListAnswer<>(page.items(), next, previous, page.total()),
                MediaType.APPLICATION_JSON_TYPE);
    link(response, uri, next, "next");
    link(response, uri, previous, "prev");
    return response.build();
  }

  /** A single thing. */
  <T, R> Response one(
      HttpHeaders headers,
      @Nullable String format,
      T thing,
      CsvTable<R> csv,
      Function<T, List<R>> lines) {
    return isCsv(headers, format)
        ? csv(csv, lines.apply(thing)).build()
        : Response.ok(thing, MediaType.APPLICATION_JSON_TYPE).build();
  }

  /**
   * The answer 304 when the caller has the thing already; null: it has to be sent, with the tag.
   *
   * @param content what the thing's identity depends on
   */
  static Response.@Nullable ResponseBuilder unchanged(Request request, EntityTag tag) {
    Response.ResponseBuilder answer = request.evaluatePreconditions(tag);
    if (answer != null && answer.build().getStatus() == 412) {
      throw new ProblemException(
          ProblemCode.VERSION_CHANGED, "It is not the version that the request names.", "If-Match");
    }
    return answer;
  }

  /** Whether the answer is CSV: the parameter decides, else the header. */
  static boolean isCsv(HttpHeaders headers, @Nullable String format) {
    String word = Values.word("format", format, List.of("json", "csv"));
    if (word != null) {
      return word.equals("csv");
    }
    for (MediaType type : headers.getAcceptableMediaTypes()) {
      if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
        return false;
      }
      if (type.isCompatible(MediaType.valueOf(CSV))) {
        return true;
      }
    }
    throw new ProblemException(
        ProblemCode.NOT_ACCEPTABLE, "Ask for application/json or text/csv.", "Accept");
  }

  private static <R> Response.ResponseBuilder csv(CsvTable<R> csv, List<R> lines) {
    StreamingOutput body =
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          csv.write(lines, writer);
          writer.flush();
        };
    return Response.ok(body, CSV_TYPE).header("Content-Disposition", "attachment");
  }

  private static void link(
      Response.ResponseBuilder response, UriInfo uri, @Nullable String cursor, String relation) {
    if (cursor != null) {
      String target =
          uri.getRequestUriBuilder()
              .replaceQueryParam("offset")
              .replaceQueryParam("cursor", cursor)
              .build()
              .getRawQuery();
      response.header("Link", "<?" + target + ">; rel=\"" + relation + '"');
    }
  }

  private @Nullable String encode(String scope, @Nullable Cursor cursor) {
    return cursor == null ? null : codec.encode(scope, cursor);
  }
}
