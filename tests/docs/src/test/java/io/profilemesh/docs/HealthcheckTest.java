package io.profilemesh.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The health check of the images tells a ready service from one that is not. */
class HealthcheckTest {

  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer("/q/health/ready", 200);
    answer("/q/health/live", 503);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void shouldSucceedWhenTheServiceAnswersOk() throws Exception {
    assertThat(healthcheck(port())).isZero();
  }

  @Test
  void shouldFailWhenTheServiceAnswersUnavailable() throws Exception {
    assertThat(healthcheck(port(), "/q/health/live")).isNotZero();
  }

  @Test
  void shouldFailWhenNobodyListens() throws Exception {
    String free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = Integer.toString(socket.getLocalPort());
    }

    assertThat(healthcheck(free)).isNotZero();
  }

  private String port() {
    return Integer.toString(server.getAddress().getPort());
  }

  private void answer(String path, int status) {
    server.createContext(
        path,
        exchange -> {
          byte[] body = "{}".getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private static int healthcheck(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 2];
    command[0] = "bash";
    command[1] = Repository.path("docker/healthcheck").toString();
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("the check ends").isTrue();
    return process.exitValue();
  }
}
