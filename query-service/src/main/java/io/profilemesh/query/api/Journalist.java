package io.profilemesh.query.api;

import io.profilemesh.metadata.access.ApiKeySecret;
import io.profilemesh.query.access.Caller;
import io.profilemesh.query.journal.Journal;
import io.profilemesh.query.journal.Journal.Answered;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** Hands each request and how it was answered to the journal. */
public class Journalist {

  private static final int FIRST = 1_000;
  private static final String ROUTE = "profilemesh.route";

  private final Journal journal;
  private final Caller caller;
  private final CurrentVertxRequest current;

  @Inject
  Journalist(Journal journal, Caller caller, CurrentVertxRequest current) {
    this.journal = journal;
    this.caller = caller;
    this.current = current;
  }

  /** Nothing is changed that could not be written down. */
  @ServerRequestFilter(priority = FIRST)
  @Nullable Response check(ContainerRequestContext request, ResourceInfo resource) {
    Method method = resource.getResourceMethod();
    request.setProperty(ROUTE, method);
    return method == null || journal.takes(method)
        ? null
        : ProblemMappers.response(
            Problem.of(
                ProblemCode.DATABASE_UNAVAILABLE,
                "Nothing is changed while the audit log cannot be written: try again later.",
                null,
                null));
  }

  @ServerResponseFilter
  void answered(ContainerRequestContext request, ContainerResponseContext response) {
    int status = response.getStatus();
    Problem problem = response.getEntity() instanceof Problem found ? found : null;
    journal.answered(
        current.getCurrent(),
        new Answered(
            request.getProperty(ROUTE) instanceof Method method ? method : null,
            request,
            status,
            status == 401 ? null : caller.known().orElse(null),
            shownPrefix(request),
            problem == null ? null : problem.code(),
            problem == null ? null : problem.detail()));
  }

  /** How the key begins that was shown, accepted or not. */
  private static @Nullable String shownPrefix(ContainerRequestContext request) {
    String shown = request.getHeaderString("X-API-Key");
    String authorization = request.getHeaderString("Authorization");
    String text = shown == null ? authorization : shown;
    if (text == null) {
      return null;
    }
    String key = text.substring(Math.max(0, text.indexOf(ApiKeySecret.MARK))).strip();
    return ApiKeySecret.parse(key).map(ApiKeySecret::toString).orElse(null);
  }
}
