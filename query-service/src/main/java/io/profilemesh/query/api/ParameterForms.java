package io.profilemesh.query.api;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Says of each parameter what it takes, as {@link Values} reads it, with an example. */
final class ParameterForms {

  private static final String NO_NUL = "^[^\\u0000]*$";
  private static final String DATASET_ID = "^[^/]+/[^/]*/[^/]+$";
  private static final int LONGEST_TEXT = 1_000;
  private static final Set<String> TIMES =
      Set.of("from", "to", "baselineFrom", "baselineTo", "until");
  private static final Set<String> IDS = Set.of("runId", "baseline", "current", "keyId", "userId");
  private static final String RUN = "0b6c9a40-6f5e-4a7a-9a55-0f8f3c1f2d11";

  private static final Map<String, Object> WHOLE_NUMBERS =
      Map.of("days", 7, "runs", 14, "status", 400, "policyVersion", 3);

  private static final Map<String, int[]> BOUNDS =
      Map.of(
          "days", new int[] {1, 3_650},
          "runs", new int[] {2, 60},
          "status", new int[] {100, 599},
          "policyVersion", new int[] {0, Integer.MAX_VALUE});

  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry("source", "shop"),
          Map.entry("schema", "public"),
          Map.entry("table", "orders"),
          Map.entry("slice", "2026-11-20"),
          Map.entry("dataset", "shop/public/orders"),
          Map.entry("datasetId", "shop/public/orders"),
          Map.entry("environment", "production"),
          Map.entry("requester", "ada"),
          Map.entry("reason", "after the load"),
          Map.entry("requestId", "nightly-2026-11-20"),
          Map.entry("pipeline", "nightly"),
          Map.entry("column", "price"),
          Map.entry("metric", "null_percent"),
          Map.entry("group", "completeness"),
          Map.entry("owner", "sales"),
          Map.entry("assignee", "grace"),
          Map.entry("tag", "gold"),
          Map.entry("actor", "ci"),
          Map.entry("action", "cancel"),
          Map.entry("resourceType", "run"),
          Map.entry("resourceId", RUN),
          Map.entry("route", "GET /api/v1/runs/{runId}"),
          Map.entry("q", "order price"),
          Map.entry("policyId", "lax-weekends"),
          Map.entry("eventId", "5f7d1c8e2b904d53"),
          Map.entry("incident", "incident-7c31"),
          Map.entry("incidentId", "incident-7c31"),
          Map.entry("cursor", "Zm9yIGV4YW1wbGUgb25seQ"),
          Map.entry("Last-Event-ID", "0-17.1-4"));

  private ParameterForms() {}

  static void complete(Operation operation) {
    List<String> compared =
        switch (Objects.requireNonNull(operation.getOperationId())) {
          case "getRun", "getVerdict", "getPolicy" -> List.of("If-None-Match");
          case "putPolicy" -> List.of("If-Match", "If-None-Match");
          case "deletePolicy" -> List.of("If-Match");
          default -> List.of();
        };
    compared.forEach(name -> operation.addParameter(tag(name)));
    if (operation.getParameters() != null) {
      operation.getParameters().forEach(ParameterForms::complete);
    }
  }

  private static Parameter tag(String name) {
    return OASFactory.createParameter()
        .name(name)
        .in(Parameter.In.HEADER)
        .description(
            name.equals("If-Match")
                ? "ETag of the version to change; the answer is 412 when it is another one."
                : "ETag of what the caller has.")
        .schema(OASFactory.createSchema().type(List.of(SchemaType.STRING)))
        .example("\"policy-12\"");
  }

  private static void complete(Parameter parameter) {
    String name = parameter.getName();
    Schema schema = parameter.getSchema();
    if (parameter.getExample() != null || schema == null) {
      return;
    }
    List<Object> words = schema.getEnumeration();
    if (words != null) {
      schema.setType(List.of(SchemaType.STRING));
      parameter.setExample(words.get(0));
    } else if (schema.getDefaultValue() != null) {
      parameter.setExample(schema.getDefaultValue());
    } else if (TIMES.contains(name)) {
      parameter.setSchema(text().format("date-time"));
      parameter.setExample("2026-11-20T00:00:00Z");
    } else if (IDS.contains(name)) {
      parameter.setSchema(text().format("uuid"));
      parameter.setExample(RUN);
    } else if (WHOLE_NUMBERS.containsKey(name)) {
      parameter.setSchema(number(Objects.requireNonNull(BOUNDS.get(name))));
      parameter.setExample(WHOLE_NUMBERS.get(name));
    } else {
      parameter.setSchema(limited(name));
      parameter.setExample(example(name));
    }
  }

  private static Schema limited(String name) {
    return text()
        .minLength(name.equals(Values.SCHEMA) ? 0 : 1)
        .maxLength(name.equals("cursor") ? CursorCodec.LONGEST : LONGEST_TEXT)
        .pattern(name.startsWith("dataset") ? DATASET_ID : NO_NUL);
  }

  private static Schema text() {
    return OASFactory.createSchema().type(List.of(SchemaType.STRING));
  }

  private static Schema number(int[] bounds) {
    return OASFactory.createSchema()
        .type(List.of(SchemaType.INTEGER))
        .minimum(BigDecimal.valueOf(bounds[0]))
        .maximum(BigDecimal.valueOf(bounds[1]));
  }

  /** An example of a text by the name of what has it; null: none is known. */
  static @Nullable String example(String name) {
    return TEXTS.get(name);
  }
}
