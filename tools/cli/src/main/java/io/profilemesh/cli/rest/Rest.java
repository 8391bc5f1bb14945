package io.profilemesh.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;

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
}
