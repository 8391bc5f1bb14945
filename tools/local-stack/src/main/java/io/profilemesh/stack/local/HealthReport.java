package io.profilemesh.stack.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.StringJoiner;

/** Says in words which checks of a health answer are down. */
final class HealthReport {

  private static final ObjectMapper JSON = new ObjectMapper();

  private HealthReport() {}

  /** The names of the checks that are down with what they say; the text itself if not readable. */
  static String describe(String body) {
    try {
      StringJoiner down = new StringJoiner("; ");
      for (JsonNode check : JSON.readTree(body).path("checks")) {
        if (!check.path("status").asText().equals("UP")) {
          JsonNode data = check.path("data");
          String details = data.isEmpty() ? "" : " " + data;
          down.add(check.path("name").asText() + " is down" + details);
        }
      }
      return down.length() == 0 ? body : down.toString();
    } catch (JsonProcessingException notJson) {
      return body;
    }
  }
}
