package io.profilemesh.query.api;

import io.profilemesh.query.session.SessionMechanism;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Adds to every operation the problems it may be answered with, each with an example. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ProblemResponses implements OASFilter {

  private static final Map<Integer, List<Problem>> PROBLEMS = problems();

  @Override
  public void filterOpenAPI(OpenAPI api) {
    api.setInfo(
        OASFactory.createInfo()
            .title("ProfileMesh")
            .version("1")
            .description("Runs, profiles, verdicts and drift of watched tables."));
    addSecurity(api);
    if (api.getPaths() != null) {
      api.getPaths().getPathItems().forEach((path, item) -> addProblems(item, path.contains("{")));
    }
  }

  /** Every operation takes a key in either header. */
  private static void addSecurity(OpenAPI api) {
    if (api.getComponents() == null) {
      api.setComponents(OASFactory.createComponents());
    }
    api.getComponents()
        .addSecurityScheme(
            "apiKey",
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER)
                .name("X-API-Key")
                .description("A key of the service."));
    api.getComponents()
        .addSecurityScheme(
            "bearer",
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description(
                    "A key of the service, or a token of the identity provider, in the header"
                        + " Authorization."));
    api.getComponents()
        .addSecurityScheme(
            "session",
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.COOKIE)
                .name(SessionMechanism.COOKIE)
                .description("A session; changes need the header X-CSRF-Token, too."));
    api.setSecurity(
        List.of(
            OASFactory.createSecurityRequirement().addScheme("apiKey"),
            OASFactory.createSecurityRequirement().addScheme("bearer"),
            OASFactory.createSecurityRequirement().addScheme("session")));
  }

  private static void addProblems(PathItem item, boolean mayBeMissing) {
    for (Operation operation : item.getOperations().values()) {
      if ("signIn".equals(operation.getOperationId())) {
        operation.setSecurity(List.of());
      }
      PROBLEMS.forEach(
          (status, examples) -> {
            if (status != 404 || mayBeMissing) {
              operation.getResponses().addAPIResponse(status.toString(), response(examples));
            }
          });
    }
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
                null)));
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
                null)));
    return problems;
  }
}
