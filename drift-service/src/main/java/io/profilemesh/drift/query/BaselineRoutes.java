package io.profilemesh.drift.query;

import io.micrometer.core.instrument.MeterRegistry;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.drift.query.BaselineLookup.Answer;
import io.profilemesh.drift.query.StateDirectory.Copy;
import io.profilemesh.drift.query.StateDirectory.Instance;
import io.profilemesh.drift.query.StateDirectory.Question;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/baselines/{datasetId}}: what is remembered of a dataset, on any instance. */
@Singleton
public class BaselineRoutes {

  static final String PATH = "/api/v1/baselines";

  /** Says that another instance asks, and for which copy: then nobody else is asked. */
  static final String FORWARDED = "X-ProfileMesh-Forwarded";

  private static final Logger LOGGER = Logger.getLogger(BaselineRoutes.class);
  private static final String API = "/api/*";
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";
  private static final int LONGEST = 8_192;
  private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private final MeterRegistry meters;
  private volatile @Nullable BaselineLookup lookup;
  private volatile String ownName = "localhost";
  private volatile QuestionKey key = QuestionKey.NONE;

  BaselineRoutes(MeterRegistry meters) {
    this.meters = meters;
    for (String by : List.of("owner", "standby", "other", "nobody")) {
      count(by, 0);
    }
  }

  /**
   * Answers from these streams from now on.
   *
   * @param host name under which other instances reach this one
   * @param patience how long another instance may take
   * @param shown what whoever asks must show, and is shown to other instances
   */
  public void serve(
      KafkaStreams streams, String host, int port, Duration patience, QuestionKey shown) {
    ownName = host.toLowerCase(Locale.ROOT);
    key = shown;
    lookup =
        new BaselineLookup(
            new StreamsDirectory(streams, new Instance(host, port), patience, shown));
  }

  void register(@Observes Router router) {
    router.route(API).handler(this::guard);
    router.get(PATH + "/*").blockingHandler(this::get, false);
    router
        .route(API)
        .handler(
            request ->
                request
                    .response()
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .setStatusCode(404)
                    .putHeader("Content-Type", PROBLEM)
                    .end(
                        Problem.NOT_FOUND.json("There is no such path, or not with this method.")));
  }

  /** A web page must not read this through a name of its own that points here (DNS rebinding). */
  private void guard(RoutingContext request) {
    request
        .response()
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Cache-Control", "no-cache");
    HostAndPort authority = request.request().authority();
    String name = authority == null ? "" : authority.host().toLowerCase(Locale.ROOT);
    if (!OWN_NAMES.contains(name) && !name.equals(ownName)) {
      refuse(
          request,
          Problem.HOST_NOT_ALLOWED,
          "This service answers to localhost and to its advertised name.");
    } else if (key.admits(request.request().getHeader("Authorization"), address(request))) {
      request.next();
    } else {
      request.response().putHeader("WWW-Authenticate", "Bearer");
      refuse(
          request,
          Problem.UNAUTHORIZED,
          "Show the key of the drift service; without one it answers to its own host only.");
    }
  }

  private static @Nullable String address(RoutingContext request) {
    SocketAddress from = request.request().remoteAddress();
    return from == null ? null : from.hostAddress();
  }

  private void get(RoutingContext request) {
    try {
      answer(request);
    } catch (RuntimeException e) {
      LOGGER.error("A question for a baseline ended in an error of ours", e);
      refuse(request, Problem.INTERNAL_ERROR, "The error has been logged.");
    }
  }

  private void answer(RoutingContext request) {
    Question question;
    Copy copy;
    try {
      question = question(request);
      String forwarded = request.request().getHeader(FORWARDED);
      copy = forwarded == null ? null : Copy.valueOf(forwarded);
    } catch (IllegalArgumentException e) {
      refuse(request, Problem.INVALID_PARAMETER, sentence(e));
      return;
    }
    BaselineLookup ready = lookup;
    if (ready == null) {
      answer(request, new Answer.Away("The service does not run yet."), "");
      return;
    }
    Answer answer = copy == null ? ready.ask(question) : ready.askHere(question, copy);
    answer(request, answer, ready.directory().self().toString());
  }

  private static Question question(RoutingContext request) {
    String path = request.request().path();
    String id =
        URLDecoder.decode(
            path.substring(PATH.length() + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
    for (String parameter : request.queryParams().names()) {
      if (!parameter.equals("column")) {
        throw new IllegalArgumentException("the only parameter is column");
      }
    }
    if (id.length() > LONGEST) {
      throw new IllegalArgumentException("a dataset id is not as long");
    }
    List<String> columns = request.queryParam("column");
    return new Question(DatasetId.parse(id).toString(), columns.isEmpty() ? null : columns.get(0));
  }

  private static String sentence(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    return message.isEmpty()
        ? "The request cannot be understood."
        : message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1) + ".";
  }

  private void answer(RoutingContext request, Answer answer, String self) {
    if (answer instanceof Answer.Here here) {
      count(here.stale() ? "standby" : "owner", 1);
      end(request, 200, JSON, json(here, self).encode());
    } else if (answer instanceof Answer.There there) {
      count("other", 1);
      end(request, there.reply().status(), there.reply().contentType(), there.reply().body());
    } else if (answer instanceof Answer.Unknown) {
      refuse(request, Problem.NOT_FOUND, "Nothing is remembered of this dataset.");
    } else if (answer instanceof Answer.Away away) {
      count("nobody", 1);
      request.response().putHeader("Retry-After", "2");
      refuse(request, Problem.STATE_UNAVAILABLE, away.why() + " Try again in some seconds.");
    }
  }

  private void count(String by, double questions) {
    meters.counter("profilemesh.drift.baseline.questions", "by", by).increment(questions);
  }

  private static JsonObject json(Answer.Here here, String self) {
    BaselineView view = here.view();
    JsonArray runs = new JsonArray();
    for (BaselineView.Run run : view.runs()) {
      runs.add(
          new JsonObject()
              .put("runId", run.runId())
              .put("at", run.at().toString())
              .put("rowCount", run.rowCount())
              .put("rowCountQuality", run.quality()));
    }
    JsonArray columns = new JsonArray();
    view.columns().forEach(column -> columns.add(json(column)));
    JsonObject answer =
        new JsonObject()
            .put("datasetId", view.dataset())
            .put("answeredBy", self)
            .put("partition", here.partition())
            .put("stale", here.stale());
    if (view.pinnedRun() != null) {
      answer.put("pinnedRunId", view.pinnedRun());
    }
    return answer.put("runs", runs).put("columns", columns);
  }

  private static JsonObject json(BaselineView.Column column) {
    JsonObject metrics = new JsonObject();
    column
        .metrics()
        .forEach(
            (name, series) ->
                metrics.put(
                    name,
                    new JsonObject()
                        .put("runs", series.runs())
                        .put("latest", series.latest())
                        .put("median", series.median())
                        .put("lowest", series.lowest())
                        .put("highest", series.highest())));
    JsonObject answer =
        new JsonObject()
            .put("name", column.name())
            .put("dataType", column.dataType())
            .put("runs", column.runs())
            .put("metrics", metrics);
    List<BaselineView.Point> points = column.points();
    if (points != null) {
      JsonArray all = new JsonArray();
      points.forEach(point -> all.add(json(point)));
      answer.put("points", all);
    }
    return answer;
  }

  private static JsonObject json(BaselineView.Point point) {
    JsonObject metrics = new JsonObject();
    for (Map.Entry<String, Double> metric : point.metrics().entrySet()) {
      metrics.put(metric.getKey(), metric.getValue());
    }
    JsonObject answer = new JsonObject().put("runId", point.runId()).put("metrics", metrics);
    return point.quantiles() == null
        ? answer
        : answer.put("quantiles", new JsonArray(List.copyOf(point.quantiles())));
  }

  private static void refuse(RoutingContext request, Problem problem, String detail) {
    end(request, problem.status(), PROBLEM, problem.json(detail));
  }

  private static void end(RoutingContext request, int status, String type, String body) {
    HttpServerResponse response = request.response();
    if (!response.ended()) {
      response.setStatusCode(status).putHeader("Content-Type", type).end(body);
    }
  }
}
