package io.profilemesh.query.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Describes the problems that each operation may be answered with: once for each status, with an
 * example of each code.
 */
final class ProblemResponses {

  private static final String COMPONENTS = "#/components/responses/";
  private static final Map<Integer, List<Problem>> PROBLEMS = problems();
  private static final Set<String> MISSING_WITHOUT_ID = Set.of("compare", "signOut");
  private static final Set<String> CONFLICTING =
      Set.of("cancelRun", "cancelProfileRequest", "createUser");
  private static final Set<String> COMPARED =
      Set.of("getRun", "getVerdict", "getPolicy", "putPolicy", "deletePolicy");

  private ProblemResponses() {}

  static void addTo(OpenAPI api) {
    PROBLEMS.forEach(
        (status, examples) -> api.getComponents().addResponse(name(status), response(examples)));
    api.getPaths()
        .getPathItems()
        .forEach(
            (path, item) ->
                item.getOperations()
                    .values()
                    .forEach(operation -> addTo(operation, path.contains("{"))));
  }

  private static void addTo(Operation operation, boolean hasId) {
    String id = Objects.requireNonNull(operation.getOperationId());
    for (int status : PROBLEMS.keySet()) {
      boolean possible =
          switch (status) {
            case 403 -> !ApiDescription.isForEverybody(operation);
            case 404 -> hasId || MISSING_WITHOUT_ID.contains(id);
            case 409 -> CONFLICTING.contains(id);
            case 412 -> COMPARED.contains(id);
            case 413, 415 -> operation.getRequestBody() != null;
            default -> true;
          };
      if (possible) {
        operation
            .getResponses()
            .addAPIResponse(
                Integer.toString(status),
                OASFactory.createAPIResponse().ref(COMPONENTS + name(status)));
      }
    }
  }

  private static String name(int status) {
    return "Problem" + status;
  }

  private static APIResponse response(List<Problem> examples) {
    MediaType type =
        OASFactory.createMediaType()
            .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"));
    for (Problem example : examples) {
      type.addExample(
          example.code(),
          OASFactory.createExample().summary(example.title()).value(fields(example)));
    }
    Content content = OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, type);
    return OASFactory.createAPIResponse()
        .description(String.join("; ", examples.stream().map(Problem::title).toList()) + ".")
        .content(content);
  }

  private static Map<String, Object> fields(Problem problem) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", problem.type());
    fields.put("title", problem.title());
    fields.put("status", problem.status());
    fields.put("detail", problem.detail());
    fields.put("code", problem.code());
    if (problem.field() != null) {
      fields.put("field", problem.field());
    }
    if (problem.choices() != null) {
      fields.put("choices", problem.choices());
    }
    return fields;
  }

  private static Map<Integer, List<Problem>> problems() {
    Map<Integer, List<Problem>> problems = new LinkedHashMap<>();
    problems.put(
        400,
        List.of(
            Problem.of(
                ProblemCode.INVALID_PARAMETER,
                "limit is a whole number from 1 to 500.",
                "limit",
                null),
            Problem.of(
                ProblemCode.UNKNOWN_PARAMETER, "This path has no such parameter.", "tabel", null),
            Problem.of(
                ProblemCode.INVALID_CURSOR,
                "A cursor is taken from the answer before, unchanged, with the same filters.",
                "cursor",
                null),
            Problem.of(
                ProblemCode.DATASET_NEEDED,
                "The run covers several datasets: name one with ?dataset=.",
                "dataset",
                List.of("shop/public/customers", "shop/public/orders")),
            Problem.of(
                ProblemCode.MALFORMED_REQUEST, "The request cannot be understood.", null, null)));
    problems.put(
        401,
        List.of(
            Problem.of(
                ProblemCode.UNAUTHENTICATED,
                "Show a key: Authorization: Bearer KEY, or X-API-Key: KEY.",
                null,
                null)));
    problems.put(
        403,
        List.of(
            Problem.of(
                ProblemCode.FORBIDDEN,
                "This needs a role that the caller does not have.",
                null,
                null)));
    problems.put(
        404, List.of(Problem.of(ProblemCode.NOT_FOUND, "There is no such run.", null, null)));
    problems.put(
        406,
        List.of(
            Problem.of(
                ProblemCode.NOT_ACCEPTABLE,
                "Ask for application/json or text/csv.",
                "Accept",
                null)));
    problems.put(
        409,
        List.of(
            Problem.of(ProblemCode.RUN_ENDED, "The run has ended: completed.", null, null),
            Problem.of(ProblemCode.NAME_TAKEN, "The name is taken.", "name", null)));
    problems.put(
        412,
        List.of(
            Problem.of(
                ProblemCode.VERSION_CHANGED,
                "The policy is not the version that the request names: read it again.",
                null,
                null)));
    problems.put(
        413,
        List.of(
            Problem.of(
                ProblemCode.BODY_TOO_LARGE, "A body has at most 65,536 bytes.", "body", null)));
    problems.put(
        415,
        List.of(
            Problem.of(
                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                "Send application/json.",
                "Content-Type",
                null)));
    problems.put(
        421,
        List.of(
            Problem.of(
                ProblemCode.HOST_NOT_ALLOWED,
                "This service answers to localhost only while access control is off.",
                "Host",
                null)));
    problems.put(
        429,
        List.of(
            Problem.of(
                ProblemCode.TOO_MANY_REQUESTS,
                "The key asks more often than it may: wait a second.",
                null,
                null)));
    problems.put(
        503,
        List.of(
            Problem.of(
                ProblemCode.DATABASE_UNAVAILABLE,
                "The metadata database does not answer: try again in some seconds.",
                null,
                null),
            Problem.of(
                ProblemCode.QUERY_TIMEOUT,
                "The database was stopped after 5 seconds: narrow the time or name a table.",
                null,
                null),
            Problem.of(
                ProblemCode.BROKER_UNAVAILABLE,
                "The order could not be written to its topic: try again in some seconds.",
                null,
                null),
            Problem.of(
                ProblemCode.BUSY,
                "Four comparisons are being worked out: try again in some seconds.",
                null,
                null)));
    return problems;
  }
}
