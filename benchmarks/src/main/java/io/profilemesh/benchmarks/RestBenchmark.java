package io.profilemesh.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.profilemesh.query.history.Question;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Milliseconds of answers over one HTTP connection, beside those of the same SQL with the same
 * parameters over a bare JDBC connection, in turn, request by request.
 */
final class RestBenchmark {

  private static final int WARM_UP = 150;
  private static final int REQUESTS = 400;
  private static final int SMALL_PAGE = 10;
  private static final int DEEP = 10_000;
  private static final double OWN_MILLIS = 2;
  private static final double SQL_FACTOR = 1.5;

  private static final ObjectMapper JSON = new ObjectMapper();

  private RestBenchmark() {}

  static Map<String, Object> run(int runs) throws IOException, SQLException {
    try (RestMesh mesh = RestMesh.start("rest", runs);
        KeptHttp http = mesh.connect();
        Connection connection = mesh.metadata().connect()) {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("benchmark", "rest");
      figures.put("runs", mesh.tables() * RestTables.RUNS_PER_TABLE);
      figures.put("columns", RestTables.COLUMNS);
      figures.put("metrics", RestTables.METRICS);
      figures.put("requests", REQUESTS);
      Map<String, Object> calls = new LinkedHashMap<>();
      double worstRatio = 0;
      double worstP99 = 0;
      boolean withinGoal = true;
      for (RestQuery query : RestQuery.all(mesh.tables())) {
        Measured measured = measure(query, http, connection);
        calls.put(query.name(), measured.figures());
        worstRatio = Math.max(worstRatio, measured.p50() / measured.sqlP50());
        worstP99 = Math.max(worstP99, measured.p99());
        withinGoal &= measured.p50() <= OWN_MILLIS + SQL_FACTOR * measured.sqlP50();
      }
      figures.put("calls", calls);
      figures.put("worstP50OverSql", Figures.rounded(worstRatio));
      figures.put("everyP50WithinGoal", withinGoal);
      figures.put("worstP99Ms", Figures.rounded(worstP99));
      deepPage(http, figures);
      return figures;
    }
  }

  private record Measured(List<Double> rest, List<Double> sql) {

    double p50() {
      return Figures.median(rest);
    }

    double p99() {
      return Figures.quantile(rest, 0.99);
    }

    double sqlP50() {
      return Figures.median(sql);
    }

    Map<String, Object> figures() {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("p50Ms", Figures.rounded(p50()));
      figures.put("p99Ms", Figures.rounded(p99()));
      figures.put("sqlP50Ms", Figures.rounded(sqlP50()));
      figures.put("sqlP99Ms", Figures.rounded(Figures.quantile(sql, 0.99)));
      figures.put("p50OverSql", Figures.rounded(p50() / sqlP50()));
      return figures;
    }
  }

  private static Measured measure(RestQuery query, KeptHttp http, Connection connection)
      throws IOException, SQLException {
    Measured measured = new Measured(new ArrayList<>(), new ArrayList<>());
    for (int n = 0; n < WARM_UP + REQUESTS; n++) {
      double rest = ask(http, query.path().apply(n));
      double sql = 0;
      for (Question<?> question : query.questions().apply(n)) {
        RecordedSql recorded = RecordedSql.of(question, connection);
        sql += recorded.milliseconds(connection);
      }
      if (n >= WARM_UP) {
        measured.rest().add(rest);
        measured.sql().add(sql);
      }
    }
    System.err.println(query.name() + ": " + measured.figures());
    return measured;
  }

  /** Goes from page to page to the deep one; then the first and the deep one in turn. */
  private static void deepPage(KeptHttp http, Map<String, Object> figures) throws IOException {
    String first = "/api/v1/runs?limit=" + SMALL_PAGE;
    String path = first;
    int pages = 1;
    for (; pages < DEEP; pages++) {
      JsonNode next = JSON.readTree(answer(http, path).body()).path("next");
      if (!next.isTextual()) {
        break;
      }
      path = first + "&cursor=" + next.textValue();
    }
    List<Double> near = new ArrayList<>();
    List<Double> far = new ArrayList<>();
    for (int n = 0; n < REQUESTS; n++) {
      near.add(ask(http, first));
      far.add(ask(http, path));
    }
    figures.put("pages", pages);
    figures.put("page1P50Ms", Figures.rounded(Figures.median(near)));
    figures.put("deepPageP50Ms", Figures.rounded(Figures.median(far)));
    figures.put("page10000OverPage1", Figures.rounded(Figures.median(far) / Figures.median(near)));
  }

  private static double ask(KeptHttp http, String path) throws IOException {
    long start = System.nanoTime();
    answer(http, path);
    return (System.nanoTime() - start) / 1e6;
  }

  private static KeptHttp.Answer answer(KeptHttp http, String path) throws IOException {
    KeptHttp.Answer answer = http.get(path);
    if (answer.status() != 200) {
      throw new IllegalStateException(path + " was answered by " + answer.status());
    }
    return answer;
  }
}
