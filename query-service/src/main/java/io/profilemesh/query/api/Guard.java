package io.profilemesh.query.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.profilemesh.query.start.Reachability;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands before every path. While access control is off, a web page must not reach this service
 * through a name of its own that points to this machine (DNS rebinding), so only names of this
 * machine are answered; and no answer may be taken for something else by a browser.
 */
@ApplicationScoped
public class Guard {

  private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final int BEFORE_ROUTES = 10_000;
  private static final long MOST_BODY_BYTES = 64 * 1024;

  private final Reachability reachability;
  private final ObjectMapper json;

  @Inject
  Guard(Reachability reachability, ObjectMapper json) {
    this.reachability = reachability;
    this.json = json;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, BEFORE_ROUTES);
  }

  private void check(RoutingContext request) {
    request
        .response()
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cache-Control", "no-cache");
    if (isTooLarge(request.request().getHeader("Content-Length"))) {
      refuse(request, ProblemMappers.bodyTooLarge());
    } else if (reachability.remoteAllowed() || isOwn(request.request().authority())) {
      request.next();
    } else {
      Problem problem =
          Problem.of(
              ProblemCode.HOST_NOT_ALLOWED,
              "This service answers to localhost only while access control is off.",
              "Host",
              null);
      refuse(request, problem);
    }
  }

  private void refuse(RoutingContext request, Problem problem) {
    try {
      request
          .response()
          .setStatusCode(problem.status())
          .putHeader("Content-Type", Problem.MEDIA_TYPE)
          .putHeader("Connection", "close")
          .end(json.writeValueAsString(problem));
    } catch (JsonProcessingException e) {
      request.fail(e);
    }
  }

  private static boolean isTooLarge(@Nullable String length) {
    return length != null
        && length.matches("\\d{1,18}")
        && Long.parseLong(length) > MOST_BODY_BYTES;
  }

  private static boolean isOwn(@Nullable HostAndPort authority) {
    return authority != null && OWN_NAMES.contains(authority.host().toLowerCase(Locale.ROOT));
  }
}
