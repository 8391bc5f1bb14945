package io.profilemesh.query.description;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sends requests as they are written. Safe for use by many threads. */
final class Client {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;

  Client(int port) {
    this.base = "http://127.0.0.1:" + port;
  }

  /** A request; {@code target} is path and query, encoded. */
  record Call(String method, String target, Map<String, String> headers, byte @Nullable [] body) {

    Call with(String header, String value) {
      Map<String, String> more = new TreeMap<>(headers);
      more.put(header, value);
      return new Call(method, target, more, body);
    }

    /** As somebody would type it. */
    String asCommand() {
      StringBuilder command = new StringBuilder("curl -X " + method);
      headers.forEach(
          (name, value) -> {
            if (!name.equals("X-API-Key")) {
              command.append(" -H '").append(name).append(": ").append(value).append('\'');
            }
          });
      if (body != null) {
        String text = new String(body, StandardCharsets.UTF_8);
        String shown = text.length() > 300 ? text.substring(0, 300) + "…" : text;
        command.append(" --data-binary '").append(shown).append('\'');
      }
      String path = target.length() > 400 ? target.substring(0, 400) + "…" : target;
      return command.append(" '$base").append(path).append('\'').toString();
    }
  }

  Judge.Answer send(Call call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + call.target()))
            .timeout(PATIENCE)
            .method(
                call.method(),
                call.body() == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(call.body()));
    call.headers().forEach(request::header);
    try {
      HttpResponse<InputStream> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      String type = response.headers().firstValue("Content-Type").orElse("");
      try (InputStream in = response.body()) {
        // A stream goes on: that it began is enough.
        byte[] body = type.startsWith("text/event-stream") ? in.readNBytes(1) : in.readAllBytes();
        return new Judge.Answer(
            response.statusCode(), type, body, response.headers().map().keySet());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
