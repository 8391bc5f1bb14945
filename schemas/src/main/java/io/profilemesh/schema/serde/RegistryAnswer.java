package io.profilemesh.schema.serde;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a registry said.
 *
 * @param status HTTP status
 * @param json body; missing where it was no JSON
 */
record RegistryAnswer(int status, JsonNode json) {

  private static final int LONGEST_MESSAGE = 500;

  /** Whether the registry itself, and no proxy on the way, answered with one of these codes. */
  boolean isError(int... codes) {
    int code = json.path("error_code").asInt(-1);
    for (int one : codes) {
      if (code == one) {
        return true;
      }
    }
    return false;
  }

  RegistryAnswer requireOk() {
    if (status >= 200 && status < 300) {
      return this;
    }
    if (status == 401 || status == 403) {
      throw new RegistryUnavailableException(
          "the schema registry refuses our credentials (status "
              + status
              + "): check the basic.auth or bearer.auth settings");
    }
    if (status == 404 && !json.has("error_code")) {
      throw new RegistryUnavailableException(
          "what answers at schema.registry.url is no schema registry (status 404): check its path");
    }
    throw new RegistryRefusedException(
        json.path("error_code").asInt(status),
        "the schema registry refused (status "
            + status
            + "): "
            + tidy(json.path("message").asText("no reason given")));
  }

  int requireInt(String field) {
    if (!json.path(field).isInt()) {
      throw new RegistryUnavailableException(
          "the schema registry gave an answer without '" + field + "': is it a schema registry?");
    }
    return json.path(field).intValue();
  }

  /** One line of bounded length. */
  static String tidy(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
  }
}
