package io.profilemesh.query.api;

import java.util.Locale;

/** What can go wrong with a request, with the HTTP status it is answered with. */
public enum ProblemCode {
  INVALID_PARAMETER(400, "A parameter is not valid"),
  UNKNOWN_PARAMETER(400, "A parameter is not known"),
  INVALID_CURSOR(400, "The cursor is not valid here"),
  DATASET_NEEDED(400, "The run covers several datasets"),
  MALFORMED_REQUEST(400, "The request is malformed"),
  UNAUTHENTICATED(401, "Nobody has proved who asks"),
  FORBIDDEN(403, "This is not allowed to whoever asks"),
  NOT_FOUND(404, "Not found"),
  METHOD_NOT_ALLOWED(405, "The method is not allowed"),
  NOT_ACCEPTABLE(406, "None of the formats asked for is available"),
  BODY_TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The format sent is not supported"),
  NAME_TAKEN(409, "The name is taken"),
  RUN_ENDED(409, "The run has ended already"),
  VERSION_CHANGED(412, "Somebody else changed it meanwhile"),
  HOST_NOT_ALLOWED(421, "The host is not this service"),
  TOO_MANY_REQUESTS(429, "Too many requests"),
  INTERNAL_ERROR(500, "An error of ours"),
  DATABASE_UNAVAILABLE(503, "The metadata database cannot be used"),
  BROKER_UNAVAILABLE(503, "Kafka cannot be used"),
  BUSY(503, "Too much of this is being worked out already"),
  QUERY_TIMEOUT(503, "The question took too long");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** The code in a few words. */
  public String title() {
    return title;
  }

  /** Identity of the kind of problem (RFC 9457 {@code type}). */
  public String type() {
    return "urn:profilemesh:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
