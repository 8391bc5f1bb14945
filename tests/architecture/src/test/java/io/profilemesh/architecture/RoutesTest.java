package io.profilemesh.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static io.profilemesh.architecture.ProductClasses.QUERY;

import org.junit.jupiter.api.Test;

/** Whom routes answer. */
class RoutesTest {

  private static final String ROUTE = "jakarta.ws.rs.HttpMethod";

  @Test
  void shouldGiveEveryRouteItsRole() {
    methods()
        .that()
        .areMetaAnnotatedWith(ROUTE)
        .should()
        .beAnnotatedWith("jakarta.annotation.security.RolesAllowed")
        .because(
            "a route without a role answers nobody: put @RolesAllowed with a word of Roles on it,"
                + " and its operation into AccessIT")
        .check(ProductClasses.all());
  }

  @Test
  void shouldWriteDownEveryChange() {
    methods()
        .that()
        .areMetaAnnotatedWith(ROUTE)
        .and()
        .areNotAnnotatedWith("jakarta.ws.rs.GET")
        .should()
        .beAnnotatedWith("io.profilemesh.query.journal.Audited")
        .because("the audit log has every change: say with @Audited what the route changes")
        .check(ProductClasses.all());
  }

  @Test
  void shouldOpenNoRouteToEverybody() {
    noMethods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(QUERY)
        .should()
        .beAnnotatedWith("jakarta.annotation.security.PermitAll")
        .because("whoever asks has to prove who they are")
        .check(ProductClasses.all());
  }
}
