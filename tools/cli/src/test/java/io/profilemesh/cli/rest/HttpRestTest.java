package io.profilemesh.cli.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.metadata.access.ApiKeySecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpRestTest {

  private final AtomicReference<String> method = new AtomicReference<>();
  private final AtomicReference<String> asked = new AtomicReference<>();
  private final AtomicReference<String> shown = new AtomicReference<>();
  private HttpServer server;
  private int status = 200;
  private String body = "{\"items\":[]}";

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          method.set(exchange.getRequestMethod());
          asked.set(exchange.getRequestURI().toString());
          shown.set(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void shouldEscapePathAndParametersWhenAsking() {
    rest("/")
        .get(
            "/tables/" + Parameters.segment("shop/public/my table@x") + "/history",
            new Parameters().with("column", "Cost Total $").with("metric", null));

    assertThat(asked.get())
        .isEqualTo("/api/v1/tables/shop%2Fpublic%2Fmy%20table%40x/history?column=Cost+Total+%24");
  }

  @Test
  void shouldShowTheKeyWhenItHasOne() {
    ApiKeySecret key = ApiKeySecret.random(new SecureRandom());

    rest("", key).get("/runs", new Parameters());
    assertThat(shown.get()).isEqualTo("Bearer " + key.reveal());

    rest("").get("/runs", new Parameters());
    assertThat(shown.get()).isNull();
  }

  @Test
  void shouldSayHowToGetAKeyWhenTheServiceWantsOne() {
    status = 401;
    body = "{\"title\":\"x\",\"status\":401,\"detail\":\"Show a key.\"}";

    assertThatThrownBy(() -> rest("").get("/runs", new Parameters()))
        .isInstanceOfSatisfying(
            RestProblem.class,
            problem ->
                assertThat(problem.asFailure().remedy())
                    .contains("PROFILEMESH_API_KEY")
                    .contains("profilemesh key create"));
  }

  @Test
  void shouldDeleteWhenTold() {
    rest("").delete("/runs/1", new Parameters().with("reason", "a b"));

    assertThat(method.get()).isEqualTo("DELETE");
    assertThat(asked.get()).isEqualTo("/api/v1/runs/1?reason=a+b");
  }

  @Test
  void shouldCarryProblemWhenServiceRefuses() {
    status = 400;
    body =
        "{\"title\":\"Bad request\",\"status\":400,\"detail\":\"Not odd.\","
            + "\"field\":\"status\",\"choices\":[\"running\",\"failed\"]}";

    assertThatThrownBy(() -> rest("").get("/runs", new Parameters()))
        .isInstanceOfSatisfying(
            RestProblem.class,
            problem -> {
              assertThat(problem.asFailure().exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(problem.asFailure())
                  .hasMessage("status: Not odd. Valid are: running, failed");
            });
  }

  @Test
  void shouldFailWithStatusWhenServiceIsBroken() {
    status = 503;
    body = "<html>";

    assertThatThrownBy(() -> rest("").get("/runs", new Parameters()))
        .isInstanceOfSatisfying(
            RestProblem.class,
            problem -> {
              assertThat(problem.asFailure().exitCode()).isEqualTo(ExitCode.FAILED);
              assertThat(problem.asFailure().getMessage()).contains("503");
            });
  }

  @Test
  void shouldSaySoWhenSomethingElseAnswers() {
    body = "<html>hello</html>";

    assertThatThrownBy(() -> rest("").get("/runs", new Parameters()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no query service");
  }

  @Test
  void shouldSayHowToStartWhenNothingAnswers() {
    server.stop(0);

    assertThatThrownBy(() -> rest("").get("/runs", new Parameters()))
        .isInstanceOfSatisfying(
            Failure.class,
            failure ->
                assertThat(failure.remedy()).contains("profilemesh up").contains("--server"));
  }

  private HttpRest rest(String end) {
    return rest(end, null);
  }

  private HttpRest rest(String end, @Nullable ApiKeySecret key) {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + end);
    return new HttpRest(address, key);
  }
}
