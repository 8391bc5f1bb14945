package io.profilemesh.stack.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Ready when an address answers 200; otherwise the answer is the reason. */
public final class HttpReadiness implements Readiness {

  private static final int SHOWN_CHARACTERS = 1_000;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final HttpRequest request;
  private final UnaryOperator<String> describeBody;

  public HttpReadiness(URI address) {
    this(address, UnaryOperator.identity());
  }

  /**
   * @param describeBody turns the body of another answer into the reason
   */
  public HttpReadiness(URI address, UnaryOperator<String> describeBody) {
    this.request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
    this.describeBody = describeBody;
  }

  @Override
  public String reasonNotReady() {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200 ? "" : describe(response);
    } catch (IOException e) {
      return request.uri() + " does not answer";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private String describe(HttpResponse<String> response) {
    String body = describeBody.apply(response.body().strip());
    String shown = body.substring(0, Math.min(body.length(), SHOWN_CHARACTERS));
    return request.uri() + " answers " + response.statusCode() + " " + shown;
  }
}
