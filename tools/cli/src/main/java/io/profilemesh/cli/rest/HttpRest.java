package io.profilemesh.cli.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.profilemesh.cli.Failure;
import io.profilemesh.metadata.access.ApiKeySecret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Calls a query service over HTTP. */
public final class HttpRest implements Rest {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final URI server;
  private final @Nullable ApiKeySecret key;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final JsonMapper json = new JsonMapper();

  /**
   * @param server address of the service without {@code /api/v1}
   * @param key key to show it, or null for none
   */
  public HttpRest(URI server, @Nullable ApiKeySecret key) {
    this.server = server;
    this.key = key;
  }

  @Override
  public JsonNode get(String path, Parameters parameters) {
    return answer("GET", path, parameters);
  }

  @Override
  public JsonNode delete(String path, Parameters parameters) {
    return answer("DELETE", path, parameters);
  }

  @Override
  public JsonNode health() {
    URI address = URI.create(base() + "/q/health/ready");
    JsonNode health =
        parse(send(HttpRequest.newBuilder(address).timeout(CONNECT.multipliedBy(2)).build()));
    if (!health.path("status").isTextual()) {
      throw noQueryService();
    }
    return health;
  }

  private JsonNode answer(String method, String path, Parameters parameters) {
    JsonNode body = send(method, path, parameters, null).body();
    if (body.isMissingNode()) {
      throw noQueryService();
    }
    return body;
  }

  private Failure noQueryService() {
    return Failure.failed(
        "what answers at " + server + " is no query service",
        "Check --server: the local mesh's address is in: profilemesh status");
  }

  @Override
  public Done send(String method, String path, Parameters parameters, @Nullable JsonNode sent) {
    URI address = URI.create(base() + "/api/v1" + path + parameters.query());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(ANSWER)
            .header("Accept", "application/json, application/problem+json")
            .header("User-Agent", "profilemesh-cli")
            .header("Content-Type", "application/json")
            .method(
                method,
                sent == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(sent.toString()));
    if (key != null) {
      request.header("Authorization", "Bearer " + key.reveal());
    }
    HttpResponse<String> response = send(request.build());
    JsonNode body = parse(response);
    if (response.statusCode() / 100 != 2) {
      throw RestProblem.of(response.statusCode(), body);
    }
    return new Done(response.statusCode(), body);
  }

  private String base() {
    String text = server.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw Failure.failed(
          "no query service answers at " + server,
          "Start a local mesh with: profilemesh up. Or name a running one: --server URL",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted", "", e);
    }
  }

  private JsonNode parse(HttpResponse<String> response) {
    try {
      return json.readTree(response.body());
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
