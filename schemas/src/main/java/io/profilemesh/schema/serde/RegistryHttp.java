package io.profilemesh.schema.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to the first registry address that answers, beginning with the one that answered last. A
 * server error counts as no answer. No message holds more than the address without credentials.
 */
final class RegistryHttp {

  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int LARGEST_ANSWER = 4 * SchemaTexts.MAX_LENGTH;

  private final RegistryConfig config;
  private final HttpClient client;
  private volatile int preferred;

  RegistryHttp(RegistryConfig config) {
    this.config = config;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(config.connectTimeout())
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  RegistryAnswer get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  RegistryAnswer post(String path, String body) {
    return send("POST", path, BodyPublishers.ofString(body));
  }

  RegistryAnswer put(String path, String body) {
    return send("PUT", path, BodyPublishers.ofString(body));
  }

  @Override
  public String toString() {
    return config.toString();
  }

  private RegistryAnswer send(String method, String path, BodyPublisher body) {
    List<URI> urls = config.urls();
    int first = preferred;
    StringBuilder failures = new StringBuilder();
    for (int i = 0; i < urls.size(); i++) {
      int index = (first + i) % urls.size();
      URI url = urls.get(index);
      try {
        RegistryAnswer answer = exchange(request(url, method, path, body));
        if (answer.status() < 500 && answer.status() != 429) {
          preferred = index;
          return answer;
        }
        failures.append("; ").append(url).append(" answered with status ").append(answer.status());
      } catch (IOException e) {
        failures.append("; ").append(url).append(": ").append(e.getClass().getSimpleName());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RegistryUnavailableException("interrupted while asking the schema registry");
      }
    }
    throw new RegistryUnavailableException(
        "the schema registry cannot be asked" + failures + ". Is it running?");
  }

  /** Waits for the whole answer: a request's own timeout ends with the headers. */
  private RegistryAnswer exchange(HttpRequest request) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> pending =
        client.sendAsync(request, BoundedBody.handler(LARGEST_ANSWER));
    try {
      HttpResponse<byte[]> response =
          pending.get(config.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
      return new RegistryAnswer(response.statusCode(), json(response.body()));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no answer in time");
    } finally {
      pending.cancel(true);
    }
  }

  private HttpRequest request(URI url, String method, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(config.requestTimeout())
            .header("Accept", MEDIA_TYPE + ", application/json")
            .header("Content-Type", MEDIA_TYPE)
            .method(method, body);
    String authorization = config.authorization();
    return (authorization == null ? request : request.header("Authorization", authorization))
        .build();
  }

  private static JsonNode json(byte[] body) throws IOException {
    try {
      JsonNode json = SchemaTexts.JSON.readTree(body);
      return json == null ? MissingNode.getInstance() : json;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
