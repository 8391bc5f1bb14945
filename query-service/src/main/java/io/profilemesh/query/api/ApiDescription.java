package io.profilemesh.query.api;

import io.profilemesh.query.session.SessionMechanism;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.IndexView;

/**
 * Completes the description of the service with what no annotation of a route says: how one proves
 * who one is, what may be null, what a parameter takes, examples, and the problems.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {

  private final IndexView index;

  public ApiDescription(IndexView index) {
    this.index = index;
  }

  @Override
  public void filterOpenAPI(OpenAPI api) {
    api.setInfo(
        OASFactory.createInfo()
            .title("ProfileMesh")
            .version("1")
            .description(
                "Runs, profiles, verdicts and drift of watched tables. Every parameter that a route"
                    + " does not have is an error. A request line has at most 16,384 bytes, the"
                    + " headers 16,384, a body 65,536."));
    addSecurity(api);
    if (api.getPaths() == null) {
      return;
    }
    RecordBodies.addTo(api);
    new RecordSchemas(index).complete(api);
    for (PathItem item : api.getPaths().getPathItems().values()) {
      item.getOperations().values().forEach(ParameterForms::complete);
    }
    new Examples(api).addAll();
    ProblemResponses.addTo(api);
  }

  /** Every operation takes a key in either header, or the cookie of a session. */
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
    if (api.getPaths() != null) {
      api.getPaths().getPathItems().values().stream()
          .flatMap(item -> item.getOperations().values().stream())
          .filter(ApiDescription::isForEverybody)
          .forEach(operation -> operation.setSecurity(List.of()));
    }
  }

  /** Signing in is how one proves who one is. */
  static boolean isForEverybody(Operation operation) {
    return "signIn".equals(operation.getOperationId());
  }
}
