package io.profilemesh.query.api;

import io.profilemesh.query.history.Cursor;
import io.profilemesh.query.history.PageRequest;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Parameters of every list. */
public class PageParameters {

  @QueryParam("limit")
  @Parameter(
      description = "Most items of the page.",
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500", defaultValue = "100"))
  @Nullable String limit;

  @QueryParam("cursor")
  @Parameter(description = "Where to go on: next or prev of an answer, with the same filters.")
  @Nullable String cursor;

  @QueryParam("offset")
  @Parameter(
      description = "Items to leave out first; for short lists, a cursor costs less.",
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "0", maximum = "10000", defaultValue = "0"))
  @Nullable String offset;

  @QueryParam("total")
  @Parameter(
      description = "Whether to count all items.",
      schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
  @Nullable String total;

  PageRequest read(String scope, CursorCodec codec) {
    if (cursor != null && offset != null) {
      throw ProblemException.invalid("offset", "Give cursor or offset, not both.");
    }
    Cursor place = cursor == null ? null : codec.decode(scope, cursor);
    return new PageRequest(
        Values.number("limit", limit, PageRequest.DEFAULT_LIMIT, 1, PageRequest.MOST_ITEMS),
        Values.number("offset", offset, 0, 0, PageRequest.LARGEST_OFFSET),
        place,
        Values.flag("total", total));
  }
}
