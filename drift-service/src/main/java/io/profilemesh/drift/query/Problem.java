package io.profilemesh.drift.query;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** What can go wrong with a question, as problem documents (RFC 9457) tell it. */
enum Problem {
  INVALID_PARAMETER(400, "A parameter is not valid"),
  UNAUTHORIZED(401, "A key is needed"),
  NOT_FOUND(404, "Not found"),
  HOST_NOT_ALLOWED(421, "The host is not this service"),
  INTERNAL_ERROR(500, "An error of ours"),
  STATE_UNAVAILABLE(503, "The state cannot be read now");

  private final int status;
  private final String title;

  Problem(int status, String title) {
    this.status = status;
    this.title = title;
  }

  int status() {
    return status;
  }

  /**
   * The document.
   *
   * @param detail what is wrong, in a sentence
   */
  String json(String detail) {
    return new JsonObject()
        .put("type", "urn:profilemesh:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .put("title", title)
        .put("status", status)
        .put("detail", detail)
        .put("code", name())
        .encode();
  }
}
