package io.profilemesh.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static io.profilemesh.architecture.ProductClasses.QUERY;

import org.junit.jupiter.api.Test;

/** Whom routes answer. */
class RoutesTest {

  private static final String ROUTE = "jakarta.ws.rs.HttpMethod";

  /** A question that is too long for an address, and changes nothing. */
  private static final String TRIES_ONLY = "test";

  /** The one route by which people prove who they are. */
  private static final String SIGN_IN = "signIn";

  @Test
  void shouldGiveEveryRouteItsRole() {
    methods()
        .that()
        .areMetaAnnotatedWith(ROUTE)
        .and()
        .doNotHaveName(SIGN_IN)
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
        .and()
        .doNotHaveName(TRIES_ONLY)
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
        .and()
        .doNotHaveName(SIGN_IN)
        .should()
        .beAnnotatedWith("jakarta.annotation.security.PermitAll")
        .because("whoever asks has to prove who they are, other than by signing in")
        .check(ProductClasses.all());
  }
}
