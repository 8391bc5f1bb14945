package io.profilemesh.query.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.profilemesh.metadata.access.AuditEntry;
import io.profilemesh.metadata.access.AuditEntry.Outcome;
import io.profilemesh.query.access.Actor;
import io.profilemesh.query.access.Addresses;
import io.profilemesh.query.access.Allowance;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.lang.reflect.Method;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is written down about a request: every one in the query history, changes and refused
 * attempts in the audit log.
 */
@ApplicationScoped
public class Journal {

  private static final int BEFORE_ROUTES = 9_000;
  private static final String STARTED = "profilemesh.started";
  private static final String ANSWERED = "profilemesh.answered";
  private static final String ROWS = "profilemesh.rows";
  private static final String WRITTEN = "profilemesh.rows.written";
  private static final String TABLES = "profilemesh.tables";
  private static final String NOBODY = "nobody";

  /** Refused attempts of one caller that are written down, per second and at once. */
  private static final Allowance.Rate REFUSALS = new Allowance.Rate(0.5, 30);

  private final AuditDesk desk;
  private final QueryHistory history;
  private final Trail trail;
  private final ObjectMapper json;
  private final MeterRegistry metrics;
  private final Allowance refusals = new Allowance(REFUSALS);

  private record Started(Instant at, long nanos) {}

  /**
   * How a request was answered.
   *
   * @param method method of the route, or null where there is none or it was not reached
   * @param actor who made it, or null where nobody proved anything
   * @param shownKey how the key begins that was shown, or null
   * @param problem code of the problem, or null
   * @param sentence the problem in a sentence, or null
   */
  public record Answered(
      @Nullable Method method,
      ContainerRequestContext request,
      int status,
      @Nullable Actor actor,
      @Nullable String shownKey,
      @Nullable String problem,
      @Nullable String sentence) {}

  @Inject
  Journal(
      AuditDesk desk, QueryHistory history, Trail trail, ObjectMapper json, MeterRegistry metrics) {
    this.desk = desk;
    this.history = history;
    this.trail = trail;
    this.json = json;
    this.metrics = metrics;
  }

  void register(@Observes Filters filters) {
    filters.register(this::begin, BEFORE_ROUTES);
  }

  private void begin(RoutingContext request) {
    if (request.normalizedPath().startsWith("/api/")) {
      request.put(STARTED, new Started(Instant.now(), System.nanoTime()));
      request.addEndHandler(ended -> end(request));
    }
    request.next();
  }

  /** Whether a route may be followed: what it changes can be written down. */
  public boolean takes(Method method) {
    return !method.isAnnotationPresent(Audited.class) || desk.isOpen();
  }

  /** Takes note of an answer that is about to be sent. */
  public void answered(@Nullable RoutingContext context, Answered answer) {
    if (context != null) {
      context.put(ANSWERED, answer);
      context.put(ROWS, trail.rows());
      context.put(WRITTEN, trail.written());
      context.put(TABLES, trail.tables());
    }
    Audited audited = answer.method() == null ? null : answer.method().getAnnotation(Audited.class);
    boolean refused = answer.status() == 401 || answer.status() == 403;
    if (audited == null && !refused) {
      return;
    }
    String address = Addresses.of(context);
    if (refused && !refusals.take(whose(answer.actor(), address))) {
      metrics.counter("profilemesh.audit.suppressed").increment();
      return;
    }
    desk.record(entry(answer, audited, address));
  }

  private static String whose(@Nullable Actor actor, @Nullable String address) {
    if (actor != null) {
      return actor.kind() + " " + actor.id();
    }
    return address == null ? NOBODY : address;
  }

  private AuditEntry entry(Answered answer, @Nullable Audited audited, @Nullable String address) {
    Actor actor = answer.actor();
    ContainerRequestContext request = answer.request();
    boolean done = answer.status() < 300;
    return new AuditEntry(
        Instant.now().truncatedTo(ChronoUnit.MICROS),
        actor == null ? orNobody(answer.shownKey()) : actor.name(),
        actor == null ? "unknown" : actor.kind().word(),
        actor == null ? null : actor.id(),
        audited == null ? request.getMethod().toLowerCase(java.util.Locale.ROOT) : audited.action(),
        audited == null ? "route" : audited.resource(),
        audited == null ? request.getUriInfo().getPath() : resourceId(request),
        trail.resourceName(),
        done ? Outcome.DONE : refused(answer) ? Outcome.REFUSED : Outcome.FAILED,
        done ? null : answer.problem() == null ? "HTTP_" + answer.status() : answer.problem(),
        address,
        request.getHeaderString("User-Agent"),
        trail.before(),
        trail.after() == null && audited != null ? order(request) : trail.after());
  }

  private static boolean refused(Answered answer) {
    return answer.status() == 401 || answer.status() == 403;
  }

  private @Nullable String resourceId(ContainerRequestContext request) {
    if (trail.resourceId() != null) {
      return trail.resourceId();
    }
    return request.getUriInfo().getPathParameters().values().stream()
        .map(values -> values.get(0))
        .findFirst()
        .orElse(null);
  }

  /** What the parameters of the request order; null: there are none. */
  private @Nullable String order(ContainerRequestContext request) {
    Map<String, List<String>> parameters = request.getUriInfo().getQueryParameters();
    Map<String, String> order = new LinkedHashMap<>();
    parameters.forEach((name, values) -> order.put(name, values.get(0)));
    try {
      return order.isEmpty() ? null : json.writeValueAsString(order);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private void end(RoutingContext request) {
    Started started = request.get(STARTED);
    Answered answer = request.get(ANSWERED);
    Actor actor = answer == null ? null : answer.actor();
    long nanos = System.nanoTime() - started.nanos();
    List<String> tables = request.get(TABLES);
    history.add(
        new QueryEntry(
            started.at().truncatedTo(ChronoUnit.MICROS),
            actor == null ? orNobody(answer == null ? null : answer.shownKey()) : actor.name(),
            actor == null ? "unknown" : actor.kind().word(),
            route(request, answer),
            String.valueOf(request.request().uri()),
            request.response().getStatusCode(),
            tables == null ? List.of() : tables,
            request.get(ROWS),
            request.get(WRITTEN),
            request.response().bytesWritten(),
            nanos / 1e6,
            started.at().plusNanos(nanos).truncatedTo(ChronoUnit.MICROS),
            answer == null ? null : answer.problem(),
            answer == null ? null : answer.sentence()));
  }

  private static String route(RoutingContext request, @Nullable Answered answer) {
    if (answer != null && answer.method() != null) {
      return Routes.of(answer.method());
    }
    boolean refused = answer != null && refused(answer);
    return request.request().method() + (refused ? " (refused)" : " (no such route)");
  }

  private static String orNobody(@Nullable String shownKey) {
    return shownKey == null ? NOBODY : shownKey;
  }
}
