package io.profilemesh.query.description;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.query.description.ApiDocument.Operation;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Whether an answer is one that the description tells of. */
final class Judge {

  private static final String PROBLEM = "application/problem+json";
  private static final String CSV = "text/csv";
  private static final String FORMULA_STARTS = "=+-@\t\r\n";

  /** What many callers at once are told, and only they. */
  private static final Set<String> BUSY = Set.of("compare", "testPolicies", "streamDriftEvents");

  private final ApiDocument document;

  Judge(ApiDocument document) {
    this.document = document;
  }

  /** An answer as it came. */
  record Answer(int status, String contentType, byte[] body, Set<String> headers) {

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** What is wrong with it; empty: nothing. */
  List<String> faults(Operation operation, Answer answer) {
    List<String> faults = new ArrayList<>();
    if (answer.headers().contains("x-injected")) {
      faults.add("a header of the caller's making");
    }
    if (!answer.headers().contains("x-content-type-options")) {
      faults.add("the type may be guessed");
    }
    if (answer.status() >= 500
        && !(BUSY.contains(operation.id()) && answer.text().contains("\"BUSY\""))) {
      faults.add("status " + answer.status());
      return faults;
    }
    Optional<JsonNode> described = document.response(operation, answer.status());
    if (described.isEmpty()) {
      faults.add("status " + answer.status() + " is not described");
      return faults;
    }
    JsonNode content = described.get().path("content");
    String type = answer.contentType().replaceFirst(";.*", "");
    if (answer.body().length == 0) {
      if (!content.isEmpty()) {
        faults.add("no body, where one is described");
      }
    } else if (!content.has(type)) {
      faults.add("content type " + answer.contentType() + " is not described");
    } else {
      body(answer, type, content.path(type).path("schema"), faults);
    }
    return faults;
  }

  private void body(Answer answer, String type, JsonNode schema, List<String> faults) {
    if (type.equals(CSV)) {
      csv(answer.text(), faults);
      return;
    }
    if (!type.endsWith("json")) {
      return;
    }
    try {
      JsonNode body = ApiDocument.JSON.readTree(answer.body());
      faults.addAll(document.faults(schema, body));
      if (type.equals(PROBLEM) && body.path("status").asInt() != answer.status()) {
        faults.add("the problem names another status");
      }
    } catch (IOException e) {
      faults.add("no JSON: " + e.getMessage());
    }
  }

  /** Every line has as many cells as the header, and none is a formula. */
  static void csv(String text, List<String> faults) {
    try (CSVParser parser = CSVFormat.RFC4180.parse(new StringReader(text))) {
      int cells = -1;
      for (CSVRecord line : parser) {
        if (cells >= 0 && line.size() != cells) {
          faults.add("line " + line.getRecordNumber() + " has " + line.size() + " cells");
        }
        cells = cells < 0 ? line.size() : cells;
        for (String cell : line) {
          if (!cell.isEmpty()
              && FORMULA_STARTS.indexOf(cell.charAt(0)) >= 0
              && !cell.matches("-?[0-9.]+([eE][-+]?[0-9]+)?")) {
            faults.add("a formula: " + cell);
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      faults.add("no CSV: " + e.getMessage());
    }
  }
}
