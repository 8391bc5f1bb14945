package io.profilemesh.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The query service as the commands see it. */
public interface Rest {

  /**
   * Answers a GET below {@code /api/v1}.
   *
   * @param path path below it, beginning with a slash, segments encoded
   * @throws RestProblem when the service answers with a problem
   * @throws io.profilemesh.cli.Failure when no service answers
   */
  JsonNode get(String path, Parameters parameters);

  /**
   * Answers a DELETE below {@code /api/v1}.
   *
   * @param path path below it, beginning with a slash, segments encoded
   * @throws RestProblem when the service answers with a problem
   * @throws io.profilemesh.cli.Failure when no service answers
   */
  JsonNode delete(String path, Parameters parameters);

  /**
   * What the service says of its own health, each part with its state.
   *
   * @throws io.profilemesh.cli.Failure when no service answers, or it says nothing of its health
   */
  JsonNode health();

  /**
   * What a service did.
   *
   * @param status HTTP status, 200 to 299
   * @param body missing where the answer has none
   */
  record Done(int status, JsonNode body) {}

  /**
   * Sends something below {@code /api/v1}.
   *
   * @param method such as PUT
   * @param path path below it, beginning with a slash, segments encoded
   * @param body null: none
   * @throws RestProblem when the service answers with a problem
   * @throws io.profilemesh.cli.Failure when no service answers
   */
  Done send(String method, String path, Parameters parameters, @Nullable JsonNode body);
}
