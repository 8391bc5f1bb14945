package io.profilemesh.query.api;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.profilemesh.query.access.KeyMechanism;
import io.profilemesh.query.access.TooManyTriesException;
import io.profilemesh.query.history.NoAnswerException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Every error as a problem document; none shows more than its sentence. */
final class ProblemMappers {

  private static final Logger LOGGER = Logger.getLogger(ProblemMappers.class);
  private static final String RETRY_SECONDS = "5";

  @ServerExceptionMapper
  Response problem(ProblemException e) {
    return response(e.problem());
  }

  @ServerExceptionMapper
  Response noAnswer(NoAnswerException e) {
    if (e.tooSlow()) {
      return response(
          Problem.of(
              ProblemCode.QUERY_TIMEOUT,
              "The database was stopped after 5 seconds: narrow the time or name a table.",
              null,
              null));
    }
    LOGGER.warnf("The metadata database does not answer: %s", e.getMessage());
    return response(
        Problem.of(
            ProblemCode.DATABASE_UNAVAILABLE,
            "The metadata database does not answer: try again in some seconds.",
            null,
            null));
  }

  @ServerExceptionMapper
  Response web(WebApplicationException e) {
    int status = e.getResponse().getStatus();
    return response(
        switch (status) {
          case 404 -> Problem.of(ProblemCode.NOT_FOUND, "There is no such path.", null, null);
          case 405 ->
              Problem.of(
                  ProblemCode.METHOD_NOT_ALLOWED, "The path has no such method.", null, null);
          case 406 ->
              Problem.of(
                  ProblemCode.NOT_ACCEPTABLE,
                  "Ask for application/json or text/csv.",
                  "Accept",
                  null);
          case 413 -> bodyTooLarge();
          case 415 ->
              Problem.of(
                  ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                  "Send application/json.",
                  "Content-Type",
                  null);
          case 412 ->
              Problem.of(
                  ProblemCode.VERSION_CHANGED,
                  "Read it again: it is not the version that the request names.",
                  "If-Match",
                  null);
          default ->
              status >= 500
                  ? internal(e)
                  : Problem.of(
                      ProblemCode.MALFORMED_REQUEST,
                      "The request cannot be understood.",
                      null,
                      null);
        });
  }

  /** A body that is nested too deep, or has a number of too many digits. */
  @ServerExceptionMapper
  Response unreadable(StreamConstraintsException e) {
    return response(
        Problem.of(
            ProblemCode.MALFORMED_REQUEST, "The body is no JSON within limits.", "body", null));
  }

  @ServerExceptionMapper
  Response tooManyTries(TooManyTriesException e) {
    return response(
        Problem.of(
            ProblemCode.TOO_MANY_REQUESTS,
            "Too many keys that nobody has came from there: wait some seconds.",
            null,
            null));
  }

  @ServerExceptionMapper
  Response unknown(AuthenticationFailedException e) {
    return challenge("What was shown is not accepted: it is mistyped, has ended or was revoked.");
  }

  @ServerExceptionMapper
  Response nobody(UnauthorizedException e) {
    return challenge("Show a key: Authorization: Bearer KEY, or X-API-Key: KEY.");
  }

  @ServerExceptionMapper
  Response forbidden(ForbiddenException e) {
    return response(
        Problem.of(
            ProblemCode.FORBIDDEN, "This needs a role that the caller does not have.", null, null));
  }

  @ServerExceptionMapper
  Response any(Throwable e) {
    return response(internal(e));
  }

  static Response response(Problem problem) {
    Response.ResponseBuilder response =
        Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    if (problem.status() == 503) {
      response.header("Retry-After", RETRY_SECONDS);
    } else if (problem.status() == 429) {
      response.header("Retry-After", "1");
    }
    return response.build();
  }

  static Problem bodyTooLarge() {
    return Problem.of(ProblemCode.BODY_TOO_LARGE, "A body has at most 65,536 bytes.", "body", null);
  }

  private static Response challenge(String detail) {
    Problem problem = Problem.of(ProblemCode.UNAUTHENTICATED, detail, null, null);
    return Response.fromResponse(response(problem))
        .header("WWW-Authenticate", KeyMechanism.challenge())
        .build();
  }

  private static Problem internal(@Nullable Throwable e) {
    LOGGER.error("A request ended in an error of ours", e);
    return Problem.of(
        ProblemCode.INTERNAL_ERROR,
        "The error has been logged; nothing in the request explains it.",
        null,
        null);
  }
}
